import { describe, expect, it } from "vitest";
import type { DetectorPlan, InjectorPlan, Plan, SessionPlan } from "../src/index.js";
import { calling, constant, cpu, edge, endpoint, exponential, generatorOf, planOf, server } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

const metric =
  (name: string): Reading =>
  (value) =>
    value(name);

const CAPACITY = 10;
const INJECTOR: InjectorPlan = {
  drop_ratio: 0.02,
  pressure_drop_ratio: 0.8,
  capacity: CAPACITY,
  latency_ratio: 0,
  latency_s: constant(0),
  error_ratio: 0,
};

/** A birth and death process: n inside and waiting, of which all but two wait, each arrival dropped with a chance that grows with them. */
function balance(rate_per_s: number, service_s: number, pressure: (fill: number) => number): Record<string, number> {
  const most = 2 + CAPACITY;
  const dropped = (n: number): number => {
    const fill = Math.max(0, n - 2) / CAPACITY;
    return Math.min(1, INJECTOR.drop_ratio + INJECTOR.pressure_drop_ratio * pressure(fill));
  };
  const weights = [1];
  for (let n = 0; n < most; n++) {
    weights.push((weights[n]! * rate_per_s * (1 - dropped(n))) / (Math.min(n + 1, 2) / service_s));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (n: number) => number): number =>
    weights.reduce((sum, weight, n) => sum + (weight / total) * of(n), 0);
  return {
    drops: mean(dropped),
    overflow: mean((n) => (n === most ? 1 - dropped(n) : 0)),
    waiting: mean((n) => Math.max(0, n - 2)),
  };
}

describe("run of an injector under pressure", () => {
  it("run agrees with the birth and death process whose arrivals are dropped with the square of the fill", () => {
    const plan: Plan = calling({
      rate_per_s: 110,
      steps: [cpu(exponential(0.02))],
      app: {
        cpu_cores: 2,
        admission: { max_connections: 2, backlog: CAPACITY, ram_per_connection_mb: 0 },
        injector: INJECTOR,
      },
      more: { horizon_s: 300, warm_up_s: 5 },
    });
    const found = replicated(plan, {
      drops: (value) => value("app.injected_drops") / value("requests_generated"),
      overflow: (value) => value("app.rejected") / value("requests_generated"),
      waiting: metric("app.backlog_mean"),
    });
    const truth = balance(110, 0.02, (fill) => fill * fill);
    expectTruth(found.drops, truth["drops"]!, "drops");
    expectTruth(found.overflow, truth["overflow"]!, "overflow", 0.03);
    expectTruth(found.waiting, truth["waiting"]!, "waiting");
    // Drops that grow with the fill itself are told from it.
    const other = balance(110, 0.02, (fill) => fill);
    expect(() => expectTruth(found.drops, other["drops"]!, "drops")).toThrow(/drops: 0\.1/);
  });
});

describe("run of throttled users", () => {
  // Mean value analysis (Reiser and Lavenberg 1980) of 30 users, one exponential core of 50 ms, a thought of 1 s and a delay of 0.6 s: what takes
  // no queue may have any distribution.
  it("run agrees with mean value analysis of users who think longer by the delay", () => {
    const session: SessionPlan = { think_s: exponential(1), requests: { kind: "endless" }, on_failure: "continue" };
    const always: DetectorPlan = {
      id: "detector",
      buffer: { servers: ["app"], capacity: 1e9 },
      interval_s: 1,
      trend_intervals: 1,
      window: 10_000,
      degraded_ratio: 0,
      collapsed_ratio: 1,
      latency_growth_ratio: 1e9,
      failed_ratio: 1,
    };
    const throttle = { detector: "detector", degraded_delay_s: 0.6, collapsed_delay_s: 0 };
    const plan = planOf({
      generators: [generatorOf({ kind: "closed", population: 30 }, { session, throttle })],
      servers: [server("app", [endpoint([cpu(exponential(0.05))])])],
      edges: [edge("source", "client"), edge("client", "app")],
      detectors: [always],
      horizon_s: 330,
      warm_up_s: 30,
    });
    let queue = 0;
    let throughput = 0;
    for (let users = 1; users <= 30; users++) {
      const response_s = 0.05 * (1 + queue);
      throughput = users / (1.6 + response_s);
      queue = throughput * response_s;
    }
    const found = replicated(plan, { throughput: metric("throughput_per_s"), response: metric("latency_s_mean") });
    expectTruth(found.throughput, throughput, "throughput");
    expectTruth(found.response, 30 / throughput - 1.6, "response", 0.02);
  });
});
