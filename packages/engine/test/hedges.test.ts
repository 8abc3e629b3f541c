import { describe, expect, it } from "vitest";
import type { BulkheadPlan, CallPolicy, HedgePlan, Plan, RetryPlan, ServerPlan, StepPlan } from "../src/index.js";
import { measured, runMeasured, type Measured } from "./measured.js";
import { call, calling, cpu, edge, endpoint, generatorOf, io, parallel, planOf, server } from "./plans.js";
import { replayed } from "./replayed.js";

const hedge = (after_s: number, more: Partial<HedgePlan> = {}): HedgePlan => ({
  after_s,
  most: 1,
  cancels: true,
  ...more,
});
const retry = (attempts: number): RetryPlan => ({
  attempts,
  on: ["failed", "dropped", "rejected", "timed_out"],
  backoff: { kind: "fixed", base_s: 0, max_s: 0, jitter: "none" },
  budget_ratio: 0,
  budget_burst: 0,
});

/** Requests at known times. */
const at = (...times_s: number[]) =>
  generatorOf({ kind: "trace", times_s: Float64Array.from(times_s), requests: new Int32Array(0) });

/** One request at 1 s calls `pair`, a load balancer in turns over `first` and `second`, which take these steps. */
function paired(policy: Partial<CallPolicy>, first: readonly StepPlan[], second: readonly StepPlan[]): Plan {
  const of = (id: string, steps: readonly StepPlan[]): ServerPlan => server(id, [endpoint(steps)]);
  return planOf({
    generators: [at(1)],
    load_balancers: [{ id: "pair", algorithm: "round_robin" }],
    servers: [of("app", [call("app-pair", "", policy)]), of("first", first), of("second", second)],
    edges: [
      edge("source", "client"),
      edge("client", "app"),
      edge("app", "pair"),
      edge("pair", "first"),
      edge("pair", "second"),
    ],
    horizon_s: 20,
  });
}

const counts = (value: Measured): readonly number[] =>
  ["calls", "hedges", "hedge_wins", "attempts_per_call"].map((name) => value(`app-pair.${name}`));

describe("run of hedged calls", () => {
  it("run sends a call once more through its load balancer, and the first good answer counts", () => {
    const value = runMeasured(paired({ hedge: hedge(0.5) }, [cpu(3)], [cpu(0.25)]));
    expect(value("latency_s_mean")).toBeCloseTo(0.75, 12);
    expect(counts(value)).toEqual([1, 1, 1, 2]);
    // What was sent first is cancelled when the second is answered.
    expect(value("first.visits_cpu_s")).toBeCloseTo(0.75, 12);
    expect(value("first.zombie_cpu_ratio")).toBe(1);
    expect(value("second.zombie_cpu_ratio")).toBe(0);
  });

  it("run does not win with a hedge that is slower, and cancels it", () => {
    const value = runMeasured(paired({ hedge: hedge(0.5) }, [cpu(1)], [cpu(3)]));
    expect(value("latency_s_mean")).toBeCloseTo(1, 12);
    expect(counts(value)).toEqual([1, 1, 0, 2]);
    expect(value("second.visits_cpu_s")).toBeCloseTo(0.5, 12);
  });

  it("run lets the others go on as zombies without cancellation", () => {
    const value = runMeasured(paired({ hedge: hedge(0.5, { cancels: false }) }, [cpu(3)], [cpu(0.25)]));
    expect(value("latency_s_mean")).toBeCloseTo(0.75, 12);
    expect(value("first.visits_cpu_s")).toBeCloseTo(3, 12);
    expect(value("first.zombie_cpu_ratio")).toBe(1);
  });

  it("run sends no hedge when the answer comes at that very moment, or the call fails before", () => {
    expect(counts(runMeasured(paired({ hedge: hedge(0.5) }, [cpu(0.5)], [])))).toEqual([1, 0, 0, 1]);
    const failed = runMeasured(paired({ hedge: hedge(0.5) }, [cpu(0.25), { kind: "fail" }], []));
    expect(counts(failed)).toEqual([1, 0, 0, 1]);
    expect(failed("requests_failed")).toBe(1);
  });

  it("run waits for the others when one fails, and fails when all that was sent has", () => {
    const fail: StepPlan = { kind: "fail" };
    const good = runMeasured(paired({ hedge: hedge(0.5) }, [cpu(1), fail], [cpu(2)]));
    expect(good("latency_s_mean")).toBeCloseTo(2.5, 12);
    expect(counts(good)).toEqual([1, 1, 1, 2]);
    const bad = paired({ hedge: hedge(0.5) }, [cpu(1), fail], [cpu(2), fail]);
    const { result, log } = replayed(bad, 1);
    expect(measured(bad, result)("requests_failed")).toBe(1);
    expect(log.find(({ kind, request }) => kind === "failed" && request === 0)?.t_s).toBeCloseTo(3.5, 12);
  });

  it("run waits for the others whichever endpoint it asks for", () => {
    const plan = paired({}, [], []);
    const of = (id: string, steps: readonly StepPlan[]): ServerPlan =>
      server(id, [endpoint(steps, { name: "one" }), endpoint(steps, { name: "two" })]);
    const calls = ["one", "two"].map((name) => call("app-pair", name, { hedge: hedge(0.5) }));
    const value = runMeasured({
      ...plan,
      servers: [server("app", [endpoint(calls)]), of("first", [cpu(1), { kind: "fail" }]), of("second", [cpu(2)])],
    });
    expect(value("latency_s_mean")).toBeCloseTo(5, 12);
    expect(counts(value)).toEqual([2, 2, 2, 2]);
  });

  it("run sends up to `most` hedges, each after the same time", () => {
    const plan = paired({ hedge: hedge(0.5, { most: 3 }) }, [cpu(9)], [cpu(9)]);
    const { result, log } = replayed(plan, 1);
    const begun = log.filter(({ kind }) => kind === "called" || kind === "hedged");
    expect(begun.map(({ t_s, caller, component }) => [t_s, caller, component])).toEqual(
      [1, 1.5, 2, 2.5].map((t_s) => [t_s, 0, "app-pair"]),
    );
    // The second in the queue of each server gets its core at 10 s, when the request is over.
    expect(measured(plan, result)("latency_s_mean")).toBeCloseTo(9, 12);
    expect(log.filter(({ kind }) => kind === "cancelled").length).toBe(3);
  });

  it("run counts the time limit of an attempt from what was sent first, and tries again with hedges anew", () => {
    const policy = { timeout_s: 2, cancels: true, hedge: hedge(1.5), retry: retry(2) };
    const value = runMeasured(paired(policy, [cpu(9)], [cpu(9)]));
    expect(value("requests_timed_out")).toBe(1);
    expect(counts(value)).toEqual([1, 2, 0, 4]);
    expect(value("app-pair.timeouts")).toBe(2);
    expect(value("app-pair.retries")).toBe(1);
    // All that was sent ends with its attempt: twice 2 s after the first, .5 s after the hedge.
    expect(value("first.visits_cpu_s") + value("second.visits_cpu_s")).toBeCloseTo(5, 12);
    const late = runMeasured(paired({ timeout_s: 1, hedge: hedge(1) }, [cpu(9)], [cpu(9)]));
    expect(counts(late)).toEqual([1, 0, 0, 1]);
  });

  it("run tells hedges the deadline of their attempt", () => {
    const policy = { timeout_s: 1, propagates: true, hedge: hedge(0.6) };
    const value = runMeasured(paired(policy, [io(0.7), cpu(1)], [io(0.7), cpu(1)]));
    expect(value("first.visits_cpu_s") + value("second.visits_cpu_s")).toBeCloseTo(1, 12);
  });

  it("run asks a breaker once for an attempt, and tells it of its end once", () => {
    const breaker = { kind: "consecutive", failures: 2, open_s: 100, half_open_probes: 1 } as const;
    const policy = { hedge: hedge(0.5), breaker, retry: retry(3) };
    const fails = [cpu(1), { kind: "fail" }] as const;
    const value = runMeasured(paired(policy, fails, fails));
    expect(value("app-pair.breaker_opened")).toBe(1);
    expect(value("app-pair.breaker_rejected")).toBe(1);
    expect(counts(value)).toEqual([1, 2, 0, 4]);
    expect(value("app-pair.attempts_per_call")).toBe(4);
  });

  it("run hedges requests of generators", () => {
    const plan = planOf({
      generators: [
        { ...at(1), policy: { timeout_s: 0, cancels: false, propagates: false, retry: null, hedge: hedge(1) } },
      ],
      load_balancers: [{ id: "pair", algorithm: "round_robin" }],
      servers: [server("first", [endpoint([cpu(5)])]), server("second", [endpoint([cpu(0.25)])])],
      edges: [edge("source", "client"), edge("client", "pair"), edge("pair", "first"), edge("pair", "second")],
      horizon_s: 20,
    });
    const value = runMeasured(plan);
    expect(value("latency_s_mean")).toBeCloseTo(1.25, 12);
    expect(value("requests_generated")).toBe(1);
    expect(value("source-client.hedge_wins")).toBe(1);
  });

  it("run attributes the wait before a hedge that wins to nobody's answer", () => {
    const plan = { ...paired({ hedge: hedge(0.5) }, [cpu(3)], [cpu(0.25)]), attribution: true };
    const value = runMeasured(plan);
    expect(value("attribution_unanswered_ratio_mean")).toBeCloseTo(0.5 / 0.75, 9);
    expect(value("attribution_cpu_ratio_mean")).toBeCloseTo(0.25 / 0.75, 9);
  });
});

const bulkhead = (limit: number, more: Partial<BulkheadPlan> = {}): BulkheadPlan => ({
  limit,
  queue: 0,
  max_wait_s: Infinity,
  ...more,
});

/** Requests come to app at these times and call db, which takes 1 s; with this policy. */
function sheltered(policy: Partial<CallPolicy>, times_s: readonly number[], more: Partial<Plan> = {}): Plan {
  const plan = calling({
    rate_per_s: 1,
    steps: [call("app-db", "", policy)],
    callees: [server("db", [endpoint([io(1)])])],
    more: { horizon_s: 20, ...more },
  });
  return { ...plan, generators: [at(...times_s)] };
}

describe("run of calls with bulkheads", () => {
  it("run lets so many calls go at once, and so many wait: the others are rejected at once", () => {
    const value = runMeasured(sheltered({ bulkhead: bulkhead(1, { queue: 1 }) }, [1, 1.25, 1.5, 4]));
    // The first from 1 to 2, the second from 2 to 3, the third turned away.
    expect(value("requests_completed")).toBe(3);
    expect(value("requests_rejected")).toBe(1);
    expect(value("latency_s_max")).toBeCloseTo(1.75, 12);
    expect(value("app-db.bulkhead_rejected")).toBe(1);
    expect(value("app-db.bulkhead_utilization_ratio")).toBeCloseTo(3 / 20, 12);
    expect(value("app-db.bulkhead_queue_max")).toBe(1);
    expect(value("app-db.bulkhead_wait_s_mean")).toBeCloseTo(0.75 / 3, 12);
    expect(value("app-db.calls")).toBe(4);
    expect(value("app-db.attempts_per_call")).toBe(3 / 4);
    expect(value("db.io_queue_max")).toBe(1);
  });

  it("run fails who has waited for a place for too long, as timed out", () => {
    const policy = { bulkhead: bulkhead(1, { queue: 9, max_wait_s: 0.5 }) };
    const value = runMeasured(sheltered(policy, [1, 1.25, 1.6]));
    // The second gives up at 1.75, the third gets its place at 2.
    expect(value("requests_completed")).toBe(2);
    expect(value("requests_timed_out")).toBe(1);
    expect(value("app-db.bulkhead_timeouts")).toBe(1);
    expect(value("latency_s_max")).toBeCloseTo(1.4, 12);
    expect(value("app-db.calls")).toBe(3);
  });

  it("run holds one place for an attempt with all its hedges, and another one for every retry", () => {
    const policy = { bulkhead: bulkhead(1), hedge: hedge(0.25), retry: retry(3), timeout_s: 0.5, cancels: true };
    const value = runMeasured(sheltered(policy, [1, 1.1]));
    // The first has the only place three times, one after the other, from 1 to 2.5: it takes no time to try again.
    expect(value("app-db.bulkhead_utilization_ratio")).toBeCloseTo(1.5 / 20, 12);
    expect(value("app-db.hedges")).toBe(3);
    expect(value("app-db.bulkhead_rejected")).toBe(3);
    expect(value("requests_rejected")).toBe(1);
    expect(value("requests_timed_out")).toBe(1);
    expect(value("app-db.calls")).toBe(2);
  });

  it("run lets who gives up leave the queue at once, if it cancels", () => {
    const shelter = { bulkhead: bulkhead(1, { queue: 1 }) };
    const outer = (cancels: boolean): Measured => {
      const plan = planOf({
        generators: [at(1, 1.1, 1.7)],
        servers: [
          server("app", [endpoint([call("app-mid", "", { timeout_s: 0.5, cancels })])]),
          server("mid", [endpoint([call("mid-db", "", shelter)])]),
          server("db", [endpoint([io(5)])]),
        ],
        edges: [edge("source", "client"), edge("client", "app"), edge("app", "mid"), edge("mid", "db")],
        horizon_s: 20,
      });
      return runMeasured(plan);
    };
    // All give up after .5 s. With cancellation both places are free again at 1.6, for the third.
    expect(outer(true)("mid-db.bulkhead_rejected")).toBe(0);
    expect(outer(true)("mid-db.bulkhead_queue_mean")).toBeCloseTo((1.5 - 1.1) / 20, 12);
    expect(outer(false)("mid-db.bulkhead_rejected")).toBe(1);
  });

  it("run has no breaker that hears of what a bulkhead turned away", () => {
    const breaker = { kind: "consecutive", failures: 1, open_s: 100, half_open_probes: 1 } as const;
    const value = runMeasured(sheltered({ bulkhead: bulkhead(1), breaker }, [1, 1.5, 3]));
    expect(value("app-db.bulkhead_rejected")).toBe(1);
    expect(value("app-db.breaker_opened")).toBe(0);
    expect(value("requests_completed")).toBe(2);
  });

  it("run lets another probe of a breaker come when a bulkhead has let the first one wait for too long", () => {
    const breaker = { kind: "consecutive", failures: 1, open_s: 1, half_open_probes: 1 } as const;
    const policy = { bulkhead: bulkhead(2, { queue: 1, max_wait_s: 0.2 }), breaker };
    const asking = (name: string) => endpoint([call("app-db", name, policy)], { name });
    const mix = ["long", "bad"].map((name) => ({ weight: 1, endpoint: name, class: "" }));
    const plan: Plan = {
      ...sheltered({}, []),
      generators: [
        // Two places are taken, by one that lasts and one that fails at 1.2 s; who waits for that takes its place.
        {
          ...at(),
          arrivals: {
            kind: "trace",
            times_s: Float64Array.of(1, 1.05, 1.1, 2.3, 3.3),
            requests: Int32Array.of(0, 1, 0, 0, 0),
          },
          mix,
        },
      ],
      servers: [
        server("app", [asking("long"), asking("bad")]),
        server("db", [endpoint([io(9)], { name: "long" }), endpoint([io(0.15), { kind: "fail" }], { name: "bad" })]),
      ],
    };
    const value = runMeasured(plan);
    expect(value("app-db.breaker_opened")).toBe(1);
    // The probes at 2.3 and 3.3 s both find no place.
    expect(value("app-db.bulkhead_timeouts")).toBe(2);
    expect(value("app-db.breaker_rejected")).toBe(0);
  });

  it("run shares a bulkhead among the calls over an edge with equal settings, and numbers the others", () => {
    const one = { bulkhead: bulkhead(1) };
    const other = { bulkhead: bulkhead(2) };
    const plan = (second: Partial<CallPolicy>): Plan => ({
      ...sheltered({}, [1]),
      servers: [
        server("app", [endpoint([parallel([[call("app-db", "", one)], [call("app-db", "", second)]])])]),
        server("db", [endpoint([io(1)])]),
      ],
    });
    expect(runMeasured(plan(one))("app-db.bulkhead_rejected")).toBe(1);
    const value = runMeasured(plan(other));
    expect(value("app-db.bulkhead_rejected")).toBe(0);
    expect(value("app-db.bulkhead_2_utilization_ratio")).toBeCloseTo(0.5 / 20, 12);
  });

  it("run keeps requests of a generator in a bulkhead", () => {
    const plan = sheltered({}, [1, 1.25, 1.5]);
    const policy = {
      timeout_s: 0,
      cancels: false,
      propagates: false,
      retry: null,
      bulkhead: bulkhead(1, { queue: 1 }),
    };
    const value = runMeasured({ ...plan, generators: [{ ...plan.generators[0]!, policy }] });
    expect(value("requests_completed")).toBe(2);
    expect(value("requests_rejected")).toBe(1);
    expect(value("latency_s_max")).toBeCloseTo(1.75, 12);
  });
});

describe("run of fallbacks", () => {
  const falling = (policy: Partial<CallPolicy>, db: readonly StepPlan[]): Measured => {
    const step: StepPlan = {
      kind: "attempt",
      steps: [call("app-db", "", policy)],
      on_error: [io(0.25)],
      fallback_of: "app-db",
    };
    const plan = calling({ rate_per_s: 1, steps: [step], callees: [server("db", [endpoint(db)])] });
    return runMeasured({ ...plan, generators: [at(1, 3, 5)] });
  };

  it("run goes on as good with what takes the place of a call that has failed for good, and counts it", () => {
    const value = falling({ retry: retry(2) }, [io(0.5), { kind: "fail" }]);
    expect(value("requests_completed")).toBe(3);
    expect(value("latency_s_mean")).toBeCloseTo(1.25, 12);
    expect(value("app-db.fallbacks")).toBe(3);
    expect(falling({ retry: retry(2) }, [io(0.5)])("app-db.fallbacks")).toBe(0);
  });

  it("run falls back when a breaker turns the call away", () => {
    const breaker = { kind: "consecutive", failures: 1, open_s: 100, half_open_probes: 1 } as const;
    const value = falling({ breaker }, [io(0.5), { kind: "fail" }]);
    expect(value("app-db.fallbacks")).toBe(3);
    expect(value("latency_s_max")).toBeCloseTo(0.75, 12);
    expect(value("latency_s_min")).toBeCloseTo(0.25, 12);
  });
});
