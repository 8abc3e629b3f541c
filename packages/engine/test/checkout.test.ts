import { describe, expect, it } from "vitest";
import type { Distribution, Plan, StepPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { call, calling, constant, cpu, endpoint, exponential, generatorOf, io, server } from "./plans.js";

const hold = (steps: readonly StepPlan[]): StepPlan => ({ kind: "hold", pool: "db", steps });

/** Requests at known times that hold one of the units of a pool for 1 s, and wait at most this long for it. */
function holding(times_s: readonly number[], timeout_s: Distribution, more: Partial<Plan> = {}): Plan {
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(times_s), requests: new Int32Array(0) };
  const app = { pools: [{ name: "db", size: 1, timeout_s }], cpu_cores: 1 };
  const plan = calling({ rate_per_s: 1, steps: [cpu(0.001), hold([io(1)])], app, more });
  return { ...plan, generators: [generatorOf(arrivals)] };
}

describe("run of pools with a time limit", () => {
  it("run gives up a wait at its time limit, and the next one in the queue has its unit in turn", () => {
    const value = runMeasured(holding([0, 0.1, 0.7], constant(0.5)));
    expect(value("requests_timed_out")).toBe(1);
    expect(value("app.db_timeouts")).toBe(1);
    expect(value("requests_completed")).toBe(2);
    // 1.001 s alone; .301 s of waiting for the third.
    expect(value("latency_s_min")).toBeCloseTo(1.001, 9);
    expect(value("latency_s_max")).toBeCloseTo(1.301, 9);
    // Waits of 0, .5 and .3 s, those of who gave up included.
    expect(value("app.db_wait_s_mean")).toBeCloseTo(0.8 / 3, 3);
    expect(value("app.db_queue_mean") * 10).toBeCloseTo(0.8, 9);
    expect(value("app.db_utilization_ratio") * 10).toBeCloseTo(2, 9);
    expect(value("app.cpu_utilization_ratio") * 10).toBeCloseTo(0.003, 9);
  });

  it("run gives a unit that comes free at the very moment of the time limit", () => {
    const value = runMeasured(holding([0, 0.5], constant(0.5)));
    expect(value("app.db_timeouts")).toBe(0);
    expect(value("requests_completed")).toBe(2);
  });

  it("run goes on with what an attempt does instead, without a unit to give back", () => {
    const attempt: StepPlan = { kind: "attempt", steps: [hold([io(1)]), io(9)], on_error: [io(0.2)] };
    const plan = holding([0, 0.1], constant(0.5));
    const instead = { ...plan, servers: [{ ...plan.servers[0]!, endpoints: [endpoint([attempt])] }] };
    const value = runMeasured({ ...instead, horizon_s: 1.5 });
    expect(value("requests_completed")).toBe(1);
    expect(value("latency_s_max")).toBeCloseTo(0.7, 9);
    expect(value("app.db_utilization_ratio") * 1.5).toBeCloseTo(1, 9);
  });

  it("run takes those who give up out of any place of the queue when limits are drawn", () => {
    const value = runMeasured(
      holding(
        Array.from({ length: 400 }, (_, k) => k * 0.4),
        exponential(2),
        { horizon_s: 1000 },
      ),
    );
    expect(value("requests_timed_out")).toBe(value("app.db_timeouts"));
    expect(value("app.db_timeouts")).toBeGreaterThan(150);
    expect(value("requests_completed") + value("requests_timed_out")).toBe(400);
    // The unit was never idle and never held twice.
    expect(value("app.db_utilization_ratio") * 1000).toBeCloseTo(value("requests_completed"), 6);
    expect(value("app.db_queue_mean") * 1000).toBeCloseTo(value("app.db_wait_s_mean") * 400, 6);
  });

  it("run cancels who waits for a unit: it leaves the queue at once", () => {
    const callee = server("db", [endpoint([hold([io(2)])])], {
      pools: [{ name: "db", size: 1, timeout_s: constant(5) }],
    });
    const steps = [call("app-db", "", { timeout_s: 0.5, cancels: true })];
    const plan = calling({ rate_per_s: 5, steps, callees: [callee] });
    const value = runMeasured(plan);
    expect(value("db.db_timeouts")).toBe(0);
    expect(value("requests_timed_out") + value("requests_in_flight")).toBe(value("requests_generated"));
    // At most those of the last half second wait.
    expect(value("db.db_queue_max")).toBeLessThanOrEqual(10);
    expect(value("db.db_utilization_ratio")).toBeLessThanOrEqual(1);
  });

  it("run of pools without a time limit has no metric of time limits", () => {
    const plan = holding([0], constant(1));
    const patient = { ...plan.servers[0]!, pools: [{ name: "db", size: 1 }] };
    expect(() => runMeasured({ ...plan, servers: [patient] })("app.db_timeouts")).toThrow(/none of this name/);
  });
});
