import { describe, expect, it } from "vitest";
import type { HedgePlan, Plan, StepPlan } from "../src/index.js";
import { call, calling, endpoint, exponential, io, poisson, server } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

const RATE_PER_S = 10;
const MEAN_S = 0.1;

/** Poisson requests, each a call of a service without limits whose time is exponential. */
function asking(hedge: HedgePlan, more: readonly StepPlan[] = []): Plan {
  const plan = calling({
    rate_per_s: 1,
    steps: [call("app-db", "", { hedge })],
    callees: [server("db", [endpoint([io(exponential(MEAN_S)), ...more])])],
    more: { horizon_s: 800, warm_up_s: 5 },
  });
  return { ...plan, generators: [poisson(RATE_PER_S)] };
}

const READINGS = {
  mean: (value: (name: string) => number) => value("latency_s_mean"),
  p99: (value: (name: string) => number) => value("latency_s_p99"),
  attempts: (value: (name: string) => number) => value("app-db.attempts_per_call"),
  wins: (value: (name: string) => number) => value("app-db.hedge_wins") / value("app-db.calls"),
  busy: (value: (name: string) => number) => value("db.io_queue_mean"),
};

/** The time at which `survival` falls to 1 %, by bisection [s]. */
function p99Of(survival: (t_s: number) => number): number {
  let [low, high] = [0, 10];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (survival(middle) > 0.01) low = middle;
    else high = middle;
  }
  return low;
}

describe("run of hedged calls", () => {
  // One exponential time up to d, from then on the least of two that are left: by memorylessness, exponential with twice the rate.
  it.each([0.05, 0.1, 0.2])("run has the least of two exponential times after a hedge at %d s", (after_s) => {
    const sent = Math.exp(-after_s / MEAN_S);
    const survival = (t_s: number): number =>
      t_s < after_s ? Math.exp(-t_s / MEAN_S) : sent * Math.exp((-2 * (t_s - after_s)) / MEAN_S);
    const found = replicated(asking({ after_s, most: 1, cancels: true }), READINGS);
    const mean_s = MEAN_S * (1 - sent) + (MEAN_S / 2) * sent;
    expectTruth(found.mean, mean_s, "mean latency");
    expectTruth(found.p99, p99Of(survival), "p99", 0.02);
    expectTruth(found.attempts, 1 + sent, "attempts per call");
    expectTruth(found.wins, sent / 2, "wins", 0.02);
    // Cancellation: after the hedge, the work of two at a time for half the mean; so the load is that of one.
    expectTruth(found.busy, RATE_PER_S * MEAN_S, "load with cancellation");
    // Negative control: what is not hedged is told from it.
    expect(() => expectTruth(found.mean, MEAN_S, "mean latency")).toThrow();
  });

  it("run adds the share exp(-d / mean) to the load without cancellation", () => {
    const after_s = 0.1;
    const found = replicated(asking({ after_s, most: 1, cancels: false }), READINGS);
    expectTruth(found.busy, RATE_PER_S * MEAN_S * (1 + Math.exp(-after_s / MEAN_S)), "load");
    expectTruth(found.attempts, 1 + Math.exp(-after_s / MEAN_S), "attempts per call");
  });

  it("run sends up to two hedges: one, two and three exponential times in turn", () => {
    const after_s = 0.05;
    const found = replicated(asking({ after_s, most: 2, cancels: true }), READINGS);
    const [first, second] = [Math.exp(-after_s / MEAN_S), Math.exp((-3 * after_s) / MEAN_S)];
    const mean_s = MEAN_S * (1 - first) + (MEAN_S / 2) * (first - second) + (MEAN_S / 3) * second;
    expectTruth(found.mean, mean_s, "mean latency");
    expectTruth(found.attempts, 1 + first + second, "attempts per call");
  });

  it("run fails only when all that was sent has: independent failures multiply", () => {
    const f = 0.3;
    const fail: StepPlan = { kind: "branch", ways: [{ when: { probability: f }, steps: [{ kind: "fail" }] }] };
    const after_s = 0.1;
    const found = replicated(asking({ after_s, most: 1, cancels: true }, [fail]), {
      failed: (value) => value("error_ratio"),
    });
    // Who fails before the hedge fails alone; else both must.
    const sent = Math.exp(-after_s / MEAN_S);
    expectTruth(found.failed, f * (1 - sent) + f * f * sent, "error ratio");
  });
});

describe("run of calls with bulkheads", () => {
  it("run has a bulkhead without a queue that loses as Erlang's B, and one with a queue as M/M/c/K", () => {
    const plan = (queue: number): Plan => {
      const base = asking({ after_s: Infinity, most: 1, cancels: false });
      const bulkhead = { limit: 2, queue, max_wait_s: Infinity };
      const steps = [call("app-db", "", { bulkhead })];
      const app = { ...base.servers[0]!, endpoints: [endpoint(steps)] };
      return { ...base, generators: [poisson(20)], servers: [app, base.servers[1]!] };
    };
    const offered = 20 * MEAN_S;
    // Erlang's B with two places: (a^2 / 2) / (1 + a + a^2 / 2).
    const b = (offered * offered) / 2 / (1 + offered + (offered * offered) / 2);
    const readings = {
      lost: (value: (name: string) => number) => value("app-db.bulkhead_rejected") / value("requests_generated"),
      waiting: (value: (name: string) => number) => value("app-db.bulkhead_queue_mean"),
    };
    expectTruth(replicated(plan(0), readings).lost, b, "loss");
    // M/M/2/5 with rho = 1: p_0 = 1 / (1 + a + a^2 / 2 (1 + 3)), each of p_2 ... p_5 is a^2 / 2 p_0.
    const p0 = 1 / (1 + offered + 4 * ((offered * offered) / 2));
    const full = ((offered * offered) / 2) * p0;
    const found = replicated(plan(3), readings);
    expectTruth(found.lost, full, "loss of M/M/2/5", 0.02);
    expectTruth(found.waiting, (1 + 2 + 3) * full, "queue of M/M/2/5", 0.02);
  });
});
