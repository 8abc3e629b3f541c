import { describe, expect, it } from "vitest";
import {
  metricsOf,
  type BreakerPlan,
  type BreakerRule,
  type CallPolicy,
  type Plan,
  type StepPlan,
} from "../src/index.js";
import { BreakerSet } from "../src/encode/breaker-set.js";
import { Breaker, CLOSED, HALF_OPEN, OPEN } from "../src/kernel/policies/breaker.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { BreakerRecord } from "../src/record/breaker-record.js";
import { runMeasured, type Measured } from "./measured.js";
import { call, calling, cpu, endpoint, exponential, io, server } from "./plans.js";

const NAMES = new Map([
  [CLOSED, "closed"],
  [OPEN, "open"],
  [HALF_OPEN, "half-open"],
]);

/** app calls db, which takes these steps, over an edge with a breaker. */
function watched(
  breaker: BreakerPlan,
  steps: readonly StepPlan[],
  { policy = {}, more = {} }: { readonly policy?: Partial<CallPolicy>; readonly more?: Partial<Plan> } = {},
): Plan {
  const db = server("db", [endpoint(steps)], { cpu_cores: 1000 });
  return calling({ rate_per_s: 10, steps: [call("app-db", "", { ...policy, breaker })], callees: [db], more });
}

/** A call that begins, and whether it is let through; or the end of one, good or bad, which began when the breaker had changed so often. */
type Happening =
  | readonly [t_s: number, what: "begins", expected: boolean, state: string]
  | readonly [t_s: number, what: "good" | "bad" | "cancelled", epoch: number, state: string];

/** Takes a breaker through a table. Good calls last .1 s, bad ones 2 s. */
function goThrough(plan: BreakerPlan, table: readonly Happening[]): void {
  const numbers = new BreakerSet(watched(plan, [])).numbers();
  const breaker = new Breaker(new NumberReader(Float64Array.from(numbers)), new BreakerRecord());
  breaker.reset();
  const start = breaker.epoch;
  for (const [t_s, what, fact, state] of table) {
    if (what === "begins") expect([t_s, breaker.admits(t_s)]).toEqual([t_s, fact]);
    else if (what === "cancelled") breaker.forget(start + Number(fact));
    else breaker.judge(start + Number(fact), what === "bad", what === "bad" ? 2 : 0.1, t_s);
    expect([t_s, NAMES.get(breaker.state)]).toEqual([t_s, state]);
  }
}

describe("Breaker", () => {
  it("Breaker of failures in a row goes through its states as the table says", () => {
    goThrough({ kind: "consecutive", failures: 3, open_s: 10, half_open_probes: 2 }, [
      [0, "begins", true, "closed"],
      [1, "bad", 0, "closed"],
      [2, "bad", 0, "closed"],
      [3, "good", 0, "closed"],
      [4, "bad", 0, "closed"],
      [5, "bad", 0, "closed"],
      [6, "bad", 0, "open"],
      // Those that began before it opened have no effect any more.
      [7, "good", 0, "open"],
      [15.9, "begins", false, "open"],
      [16, "begins", true, "half-open"],
      [16.1, "begins", true, "half-open"],
      [16.2, "begins", false, "half-open"],
      [16.3, "bad", 0, "half-open"],
      [16.4, "good", 2, "half-open"],
      [16.5, "bad", 2, "open"],
      [26, "begins", false, "open"],
      [26.5, "begins", true, "half-open"],
      [26.6, "begins", true, "half-open"],
      // A probe that is cancelled says nothing, and makes room.
      [26.7, "begins", false, "half-open"],
      [26.8, "cancelled", 4, "half-open"],
      [26.9, "begins", true, "half-open"],
      [27, "good", 4, "half-open"],
      [27.1, "good", 4, "closed"],
      [28, "bad", 5, "closed"],
      [29, "bad", 5, "closed"],
      [30, "bad", 5, "open"],
    ]);
  });

  it("Breaker of an error rate forgets what is older than its window, in tenths, and everything when it closes", () => {
    const rule: BreakerRule = { kind: "error_rate", window_s: 10, threshold_ratio: 0.5, min_requests: 4 };
    goThrough({ ...rule, open_s: 5, half_open_probes: 1 }, [
      [0, "bad", 0, "closed"],
      [0.9, "bad", 0, "closed"],
      [1, "bad", 0, "closed"],
      // The first two leave at 10, the third at 11.
      [10, "good", 0, "closed"],
      [10.1, "good", 0, "closed"],
      [10.9, "good", 0, "closed"],
      [11, "bad", 0, "closed"],
      [12, "bad", 0, "closed"],
      [13, "bad", 0, "open"],
      [18, "begins", true, "half-open"],
      [18.1, "good", 2, "closed"],
      [18.2, "bad", 3, "closed"],
      [18.3, "bad", 3, "closed"],
      [18.4, "good", 3, "closed"],
      [18.5, "good", 3, "open"],
    ]);
    goThrough({ ...rule, open_s: 5, half_open_probes: 1 }, [
      [0, "bad", 0, "closed"],
      [1, "bad", 0, "closed"],
      [2, "bad", 0, "closed"],
      [9.99, "good", 0, "open"],
    ]);
  });

  it("Breaker of slow calls counts how long they last and not how they end", () => {
    goThrough(
      {
        kind: "slow_calls",
        slower_than_s: 1,
        window_s: 10,
        threshold_ratio: 1,
        min_requests: 2,
        open_s: 5,
        half_open_probes: 1,
      },
      [
        [1, "good", 0, "closed"],
        [2, "bad", 0, "closed"],
        [12, "bad", 0, "closed"],
        [13, "bad", 0, "open"],
        [18, "begins", true, "half-open"],
        [18.1, "good", 2, "closed"],
      ],
    );
  });
});

describe("run of calls with a breaker", () => {
  it("run turns calls away at once while it is open, as rejected: one in so many reaches what is broken", () => {
    const breaker: BreakerPlan = { kind: "consecutive", failures: 5, open_s: 2, half_open_probes: 1 };
    const value = runMeasured(watched(breaker, [{ kind: "fail" }], { more: { horizon_s: 400 } }));
    // Five failures, then an open time of 2 s, a probe, 2 s, a probe ...: probes come .1 s late on average.
    expect(value("db.requests_completed")).toBe(4 + value("app-db.breaker_opened"));
    expect(value("requests_failed")).toBe(value("db.requests_completed"));
    expect(value("requests_rejected")).toBe(value("app-db.breaker_rejected"));
    expect(value("requests_rejected") + value("requests_failed")).toBe(value("requests_generated"));
    expect(value("app-db.breaker_opened")).toBeGreaterThan(185);
    expect(value("app-db.breaker_opened")).toBeLessThan(195);
    expect(value("app-db.breaker_open_ratio")).toBeCloseTo((2 * value("app-db.breaker_opened")) / 400, 2);
    expect(value("app-db.breaker_open_ratio")).toBeLessThan(0.98);
  });

  it("run lets the others of a breaker's calls handle that: it is a failure like others, which is worth another attempt or not", () => {
    const breaker: BreakerPlan = { kind: "consecutive", failures: 1, open_s: 1e9, half_open_probes: 1 };
    const backoff = { kind: "fixed", base_s: 0.1, max_s: 1, jitter: "none" } as const;
    const budget = { budget_ratio: 0, budget_burst: 0 };
    const attempts = (on: "rejected" | "failed"): Measured =>
      runMeasured(
        watched(breaker, [{ kind: "fail" }], {
          policy: { retry: { attempts: 3, on: [on], backoff, ...budget } },
        }),
      );
    const failed = attempts("failed");
    // The first call fails and opens it, the second attempt of that is turned away, and that is not worth a third.
    expect(failed("app-db.calls")).toBe(failed("requests_generated"));
    expect(failed("app-db.retries")).toBe(1);
    expect(failed("app-db.attempts_per_call")).toBe(1 / failed("requests_generated"));
    expect(failed("app-db.breaker_rejected")).toBe(failed("requests_generated"));
    const rejected = attempts("rejected");
    expect(rejected("requests_failed")).toBe(1);
    expect(rejected("app-db.breaker_rejected")).toBeGreaterThan(2.7 * rejected("requests_rejected"));
    expect(rejected("db.requests_completed")).toBe(1);
  });

  it("run counts an attempt that was given up once, as its caller saw it, and not its late answer", () => {
    const breaker: BreakerPlan = { kind: "consecutive", failures: 1000, open_s: 1, half_open_probes: 1 };
    const late = runMeasured(watched(breaker, [io(0.5)], { policy: { timeout_s: 0.2 }, more: { horizon_s: 200 } }));
    const opened = late("app-db.breaker_opened");
    expect(opened).toBeGreaterThan(1);
    // The thousand that open it, those that were on their way then, and the probes.
    expect(late("app-db.timeouts")).toBeGreaterThanOrEqual(999 + opened);
    expect(late("app-db.timeouts")).toBeLessThan(999 + opened + 10);
  });

  it("run keeps a breaker for each edge, and for a call that asks for another one", () => {
    const breaker: BreakerPlan = { kind: "consecutive", failures: 2, open_s: 1e9, half_open_probes: 1 };
    const other: BreakerPlan = { ...breaker, failures: 4 };
    const attempt = (own: BreakerPlan): StepPlan => {
      return { kind: "attempt", steps: [call("app-db", "", { breaker: own })], on_error: [] };
    };
    const db = server("db", [endpoint([{ kind: "fail" }])]);
    const asked = (...own: readonly BreakerPlan[]): Measured =>
      runMeasured(calling({ rate_per_s: 10, steps: own.map(attempt), callees: [db] }));
    expect(asked(breaker, { ...breaker })("db.requests_completed")).toBe(2);
    expect(asked(breaker, other)("db.requests_completed")).toBe(6);
    expect(asked(breaker, other)("app-db.breaker_opened")).toBe(2);
  });

  it("run with a breaker at a generator rejects its requests", () => {
    const breaker: BreakerPlan = { kind: "consecutive", failures: 3, open_s: 1e9, half_open_probes: 1 };
    const plan = calling({ rate_per_s: 10, steps: [{ kind: "fail" }] });
    const generators = plan.generators.map((it) => ({ ...it, policy: { ...it.policy, breaker } }));
    const value = runMeasured({ ...plan, generators });
    expect(value("requests_failed")).toBe(3);
    expect(value("requests_rejected")).toBe(value("requests_generated") - 3);
    expect(value("source-client.breaker_rejected")).toBe(value("requests_rejected"));
  });

  it("run does not change by a bit with a breaker that never opens", () => {
    const plan = (policy: Partial<CallPolicy>): Plan =>
      calling({
        rate_per_s: 50,
        steps: [cpu(exponential(0.01)), call("app-db", "", policy), cpu(0.001)],
        callees: [server("db", [endpoint([io(exponential(0.02)), cpu(exponential(0.001))])])],
        app: { cpu_cores: 1 },
        latency_s: exponential(0.003),
        more: { horizon_s: 100 },
      });
    const guarded = plan({ timeout_s: 1e6 });
    const plain = runMeasured(guarded);
    const breakers: readonly BreakerPlan[] = [
      { kind: "consecutive", failures: 1, open_s: 1, half_open_probes: 1 },
      { kind: "error_rate", window_s: 1, threshold_ratio: 0.01, min_requests: 1, open_s: 1, half_open_probes: 1 },
      {
        kind: "slow_calls",
        slower_than_s: 1e6,
        window_s: 1,
        threshold_ratio: 0.01,
        min_requests: 1,
        open_s: 1,
        half_open_probes: 1,
      },
    ];
    for (const breaker of breakers) {
      const value = runMeasured(plan({ timeout_s: 1e6, breaker }));
      for (const { name } of metricsOf(guarded)) expect(value(name)).toBe(plain(name));
      expect(value("app-db.breaker_rejected") + value("app-db.breaker_open_ratio")).toBe(0);
    }
  });
});
