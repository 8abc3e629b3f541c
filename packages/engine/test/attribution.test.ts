import { describe, expect, it } from "vitest";
import { metricsOf, PATIENT, type CallPolicy, type Plan, type StepPlan } from "../src/index.js";
import { sharesIn } from "./attribution-shares.js";
import { runMeasured } from "./measured.js";
import {
  call,
  calling,
  constant,
  cpu,
  endpoint,
  exponential,
  generator,
  io,
  parallel,
  planOf,
  server,
  singleQueue,
} from "./plans.js";

/** Shares of the latency, those that are not 0, of requests that do not meet each other. */
function sharesOf(plan: Plan, statistic = "mean"): Readonly<Record<string, number>> {
  const attributed = { ...plan, attribution: true };
  const shares = sharesIn(attributed, runMeasured(attributed), statistic);
  expect(shares.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 12);
  return Object.fromEntries(shares.filter(([, share]) => share > 0));
}

function asking(steps: readonly StepPlan[], dbSteps: readonly StepPlan[], latency_s = 0): Plan {
  const db = server("db", [endpoint(dbSteps)], { cpu_cores: 1000 });
  return calling({ rate_per_s: 5, steps, callees: [db], latency_s: constant(latency_s) });
}

/** Equal but for rounding, name by name. */
function expectShares(actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): void {
  expect(Object.keys(actual).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, share] of Object.entries(expected)) expect(actual[name]).toBeCloseTo(share, 9);
}

describe("run with attribution", () => {
  it("run with attribution says what requests spend their time on, those behind calls too", () => {
    const plan = asking([cpu(0.01), call("app-db"), io(0.02)], [cpu(0.03)], 0.005);
    expectShares(sharesOf(plan), { network: 0.25, cpu: 0.5, io: 0.25 });
  });

  it("run with attribution follows the branch that was waited for", () => {
    const ways = [[io(0.01)], [cpu(0.03)], [call("app-db")]];
    expectShares(sharesOf(asking([parallel(ways)], [io(0.02)])), { cpu: 1 });
    expectShares(sharesOf(asking([parallel(ways, { join: 2 })], [io(0.02)])), { io: 1 });
    expectShares(sharesOf(asking([{ kind: "spawn", steps: [call("app-db")] }, cpu(0.01)], [io(1)])), { cpu: 1 });
  });

  it("run with attribution has attempts that were given up as unanswered, and what comes before the next as backoff", () => {
    const backoff = { kind: "fixed", base_s: 0.01, max_s: 1, jitter: "none" } as const;
    const retry = { attempts: 2, on: ["timed_out"], backoff, budget_ratio: 0, budget_burst: 0 } as const;
    const policy: CallPolicy = { ...PATIENT, timeout_s: 0.03, retry };
    const steps: StepPlan[] = [{ kind: "attempt", steps: [call("app-db", "", policy)], on_error: [io(0.03)] }];
    expectShares(sharesOf(asking(steps, [io(1)])), { unanswered: 0.6, backoff: 0.1, io: 0.3 });
  });

  it("run with attribution has the waits of an M/M/1 queue, and of a lock, as they are measured at the server", () => {
    const queue = singleQueue({
      rate_per_s: 80,
      endpoints: [endpoint([cpu(exponential(0.01))])],
      more: { horizon_s: 500 },
    });
    const value = runMeasured({ ...queue, attribution: true });
    // 80 % of a mean latency is waiting; slow requests wait longer than they are served.
    const wait = value("app.cpu_wait_s_mean");
    expect(value("attribution_cpu_wait_ratio_mean")).toBeCloseTo(wait / value("latency_s_mean"), 3);
    expect(value("attribution_cpu_wait_ratio_p99")).toBeGreaterThan(value("attribution_cpu_wait_ratio_p50"));

    const hold: StepPlan = { kind: "hold", pool: "lock", steps: [io(exponential(0.1))] };
    const locked = calling({
      rate_per_s: 8,
      steps: [hold],
      app: { pools: [{ name: "lock", size: 1 }] },
      more: { horizon_s: 500 },
    });
    const atLock = runMeasured({ ...locked, attribution: true });
    expect(atLock("attribution_pool_wait_ratio_mean")).toBeCloseTo(
      atLock("app.lock_wait_s_mean") / atLock("latency_s_mean"),
      2,
    );
  });

  it("run with attribution looks at the requests around a quantile, not at those beside it", () => {
    // 90 % take 10 ms of I/O, 10 % take 100 ms of CPU: the two never meet.
    const app = server(
      "app",
      [endpoint([io(0.01)], { name: "quick", weight: 9 }), endpoint([cpu(0.1)], { name: "slow" })],
      { cpu_cores: 1000 },
    );
    const plan = planOf({
      horizon_s: 100,
      generators: [generator(50)],
      servers: [app],
      edges: calling({ rate_per_s: 1, steps: [] }).edges,
    });
    expectShares(sharesOf(plan, "p50"), { io: 1 });
    expectShares(sharesOf(plan, "p99"), { cpu: 1 });
    const mean = sharesOf(plan);
    expect(mean["cpu"]).toBeGreaterThan(0.45);
    expect(mean["io"]).toBeGreaterThan(0.4);
  });

  it("run without attribution has none of it, and the same other metrics", () => {
    const plan = asking([cpu(exponential(0.05)), call("app-db")], [io(exponential(0.02))], 0.001);
    const names = metricsOf(plan).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("attribution"))).toEqual([]);
    const [plain, attributed] = [runMeasured(plan), runMeasured({ ...plan, attribution: true })];
    expect(names.map(attributed)).toEqual(names.map(plain));
  });
});
