import { describe, expect, it } from "vitest";
import type { ColdStartPlan, Plan } from "../src/index.js";
import { runOfOneRequest } from "./measured.js";
import { call, calling, constant, cpu, endpoint, io, parallel, server } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";
import { replayed } from "./replayed.js";

/** A server that serves at once what comes, Poisson. */
function instantaneous(rate_per_s: number, cold_start: ColdStartPlan): Plan {
  return calling({ rate_per_s, steps: [], app: { cold_start }, more: { horizon_s: 1000 } });
}

/** One request that calls a function, some of them at once, with pauses [s] before the next ones. */
function calls(
  counts: readonly number[],
  { pause_s, idle_s }: { readonly pause_s: number; readonly idle_s: number },
): Plan {
  const cold_start = { start_s: constant(0.4), idle_s };
  return calling({
    rate_per_s: 0.0005,
    steps: counts.flatMap((count) => [parallel(Array.from({ length: count }, () => [call("app-db")])), io(pause_s)]),
    callees: [server("db", [endpoint([io(0.1)])], { cold_start })],
    more: { horizon_s: 2000 },
  });
}

describe("run of a server that must start", () => {
  it("run starts it at the first request, which waits with those that come meanwhile", () => {
    const plan = calling({
      rate_per_s: 0.0005,
      steps: [parallel([[call("app-db")], [io(0.3), call("app-db")], [io(0.6), call("app-db")]])],
      callees: [server("db", [endpoint([cpu(0.1)])], { cold_start: { start_s: constant(0.4), idle_s: 10 } })],
      more: { horizon_s: 2000 },
    });
    const value = runOfOneRequest(plan);
    expect(value("requests_completed")).toBe(1);
    expect(value("db.cold_starts")).toBe(1);
    // The first waits 0.4 s, the second 0.1 s, the third finds the core busy until 0.6 s.
    expect(value("db.cold_wait_s_mean")).toBeCloseTo(0.25, 9);
    expect(value("latency_s_mean")).toBeCloseTo(0.7, 9);
    expect(value("db.residence_s_mean")).toBeCloseTo((0.5 + 0.3 + 0.1) / 3, 9);
    const { log } = replayed(plan, 1);
    const requests = log.filter(({ kind }) => kind === "generated").length;
    expect(log.filter(({ kind }) => kind === "waits_for_start").length).toBe(2 * requests);
  });

  it("run finds it warm until no request has been there for the idle time", () => {
    const warm = runOfOneRequest(calls([1, 1, 1], { pause_s: 5, idle_s: 5.1 }));
    expect(warm("db.cold_starts")).toBe(1);
    expect(warm("latency_s_mean")).toBeCloseTo(0.4 + 3 * 5.1, 9);
    const cold = runOfOneRequest(calls([1, 1, 1], { pause_s: 5, idle_s: 4.9 }));
    expect(cold("db.cold_starts")).toBe(3);
    expect(cold("latency_s_mean")).toBeCloseTo(3 * (0.4 + 5.1), 9);
  });

  it("run keeps it warm while requests are there, however long they take", () => {
    const steps = [parallel([[call("app-db")], [io(3), call("app-db")]])];
    const db = server("db", [endpoint([io(5)])], { cold_start: { start_s: constant(0.4), idle_s: 1 } });
    const value = runOfOneRequest(calling({ rate_per_s: 0.0005, steps, callees: [db], more: { horizon_s: 2000 } }));
    expect(value("db.cold_starts")).toBe(1);
    expect(value("latency_s_mean")).toBeCloseTo(8, 9);
  });

  it("run goes on with a start when the request that it was for is not wanted any more", () => {
    const hasty = call("app-db", "", { timeout_s: 0.1, cancels: true });
    const steps = [{ kind: "attempt", steps: [hasty], on_error: [io(0.2), call("app-db")] }] as const;
    const db = server("db", [endpoint([io(0.1)])], { cold_start: { start_s: constant(0.4), idle_s: 0 } });
    const value = runOfOneRequest(calling({ rate_per_s: 0.0005, steps, callees: [db], more: { horizon_s: 2000 } }));
    expect(value("db.cold_starts")).toBe(1);
    expect(value("latency_s_mean")).toBeCloseTo(0.4 + 0.1, 9);
  });

  it("run of Poisson requests that take no time: a request meets a cold server with probability e^(-rate x idle time)", () => {
    for (const load of [0.5, 1.2]) {
      const plan = instantaneous(20, { start_s: constant(0), idle_s: load / 20 });
      const cold = replicated(plan, { ratio: (value) => value("app.cold_starts") / value("requests_generated") });
      expectTruth(cold.ratio, Math.exp(-load), `cold at ${load}`);
    }
  });

  it("run of Poisson requests that wait for starts: those that come during a start share it", () => {
    // A cycle: one request starts, those of start_s share it, and then requests come until a gap of idle_s.
    const [rate, start_s, idle_s] = [20, 0.1, 0.04];
    const warm = Math.exp(rate * idle_s) - 1;
    const perCycle = 1 + rate * start_s + warm;
    const found = replicated(instantaneous(rate, { start_s: constant(start_s), idle_s }), {
      ratio: (value) => value("app.cold_starts") / value("requests_generated"),
      wait: (value) => value("app.cold_wait_s_mean"),
    });
    expectTruth(found.ratio, 1 / perCycle, "starts for each request");
    expectTruth(
      found.wait,
      (start_s + (rate * start_s * start_s) / 2) / (1 + rate * start_s),
      "wait of those that waited",
    );
  });
});
