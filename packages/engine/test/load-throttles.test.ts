import { describe, expect, it } from "vitest";
import { PATIENT, run, type GeneratorPlan, type LoadThrottlePlan, type Plan, type SessionPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { constant, cpu, edge, endpoint, exponential, generatorOf, io, planOf, poisson, server } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";
import { replayed } from "./replayed.js";

const THROTTLE: LoadThrottlePlan = {
  servers: ["app"],
  queue_above: Infinity,
  latency_above_s: Infinity,
  window: 2,
  delay_s: 0.5,
};

function throttled(generator: GeneratorPlan, throttle: Partial<LoadThrottlePlan>, more: Partial<Plan> = {}): Plan {
  return planOf({
    generators: [{ ...generator, throttle: { ...THROTTLE, ...throttle } }],
    servers: [server("app", [endpoint([cpu(1)])])],
    edges: [edge("source", "client"), edge("client", "app")],
    horizon_s: 5.05,
    ...more,
  });
}

function timesOf(plan: Plan): readonly number[] {
  return replayed(plan, 1).log.flatMap(({ kind, t_s }) => (kind === "generated" ? [Math.round(1e6 * t_s) / 1e6] : []));
}

/** A request every 0.4 s, to a server that takes 1 s for each. */
const fast = generatorOf({ kind: "renewal", gap_s: constant(0.4), profile: [] });

describe("run of generators that a load holds back", () => {
  it("run lengthens gaps while more requests wait than the limit, from one request to the next", () => {
    expect(timesOf(throttled(fast, {})).length).toBe(12);
    // When the fourth comes, at 1.6 s, one has been served and one is; the next finds two that wait, and so on.
    const times = timesOf(throttled(fast, { queue_above: 1 }));
    expect(times.slice(0, 4)).toEqual([0.4, 0.8, 1.2, 1.6]);
    const gaps = times.slice(1).map((time, k) => Math.round(10 * (time - times[k]!)) / 10);
    expect(new Set(gaps)).toEqual(new Set([0.4, 0.9]));
    const value = runMeasured(throttled(fast, { queue_above: 1 }));
    const held = gaps.filter((gap) => gap === 0.9).length;
    expect(value("source.throttled")).toBeGreaterThanOrEqual(held);
    expect(value("source.throttled_s")).toBeCloseTo(0.5 * value("source.throttled"), 9);
    expect(value("app.ready_queue_max")).toBeLessThan(runMeasured(throttled(fast, {}))("app.ready_queue_max"));
  });

  it("run goes by the 95th percentile of the last times at the servers, of those that did not fail", () => {
    // The first takes 1 s, the second 1.6 s: the percentile is over 1.5 s from 2.4 s on.
    const times = timesOf(throttled(fast, { latency_above_s: 1.5 }));
    expect(times).toEqual([0.4, 0.8, 1.2, 1.6, 2, 2.4, 3.3, 4.2].filter((time) => time < 5.05).concat(times.slice(8)));
    const quick = throttled(fast, { latency_above_s: 0.05 }, { servers: [server("app", [endpoint([io(0.04)])])] });
    expect(timesOf(quick).length).toBe(12);
    const failing = throttled(
      fast,
      { latency_above_s: 0.01 },
      { servers: [server("app", [endpoint([io(0.04), { kind: "fail" }])])] },
    );
    expect(timesOf(failing).length).toBe(12);
  });

  it("run makes a user wait after each thought", () => {
    const session: SessionPlan = { think_s: constant(0.2), requests: { kind: "endless" }, on_failure: "continue" };
    const users = generatorOf({ kind: "closed", population: 3 }, { session });
    const free = runMeasured(throttled(users, {}, { horizon_s: 100 }));
    const held = runMeasured(throttled(users, { queue_above: 0, delay_s: 2 }, { horizon_s: 100 }));
    // Two wait and one is served without the throttle; with it nobody sends while somebody waits.
    expect(free("app.ready_queue_mean")).toBeGreaterThan(1.7);
    expect(held("app.ready_queue_mean")).toBeLessThan(1);
    expect(held("source.throttled")).toBeGreaterThan(10);
  });

  it("run keeps all bits where no limit is ever passed", () => {
    const plan = throttled(fast, { queue_above: 1e6, latency_above_s: 1e6 });
    const value = runMeasured(plan);
    const free = runMeasured({ ...plan, generators: [fast] });
    for (const name of ["requests_completed", "latency_s_mean", "app.ready_queue_mean"]) {
      expect(value(name)).toBe(free(name));
    }
    expect(value("source.throttled")).toBe(0);
  });

  it("run refuses a load of servers that are not there", () => {
    expect(() => run(throttled(fast, { servers: ["other"] }), 1, 0)).toThrow(/there is no server "other"/);
  });

  it("run holds back as many requests as find somebody waiting in M/M/1", () => {
    // A delay that is next to nothing leaves the arrivals as they are.
    const plan = throttled(
      poisson(8, { policy: PATIENT }),
      { queue_above: 0, delay_s: 1e-9 },
      { servers: [server("app", [endpoint([cpu(exponential(0.1))])])], horizon_s: 4000, warm_up_s: 100 },
    );
    const found = replicated(plan, {
      share: (value) => value("source.throttled") / value("requests_generated"),
    });
    // Who comes finds two or more inside with probability rho^2 (PASTA), and looks before it is there itself.
    expectTruth(found.share, 0.64, "share of requests that find somebody waiting", 0.02);
  });
});
