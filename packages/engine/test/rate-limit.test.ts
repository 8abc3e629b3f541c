import { describe, expect, it } from "vitest";
import type { Plan, RateLimitPlan, ServerPlan } from "../src/index.js";
import { encodeRateLimits } from "../src/encode/encode-rate-limits.js";
import { RateLimit } from "../src/kernel/policies/rate-limit.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { runMeasured } from "./measured.js";
import { balanced, call, calling, cpu, endpoint, generatorOf, io, server } from "./plans.js";

/** source -> client -> app, with limits. */
function limited(rate_limits: readonly RateLimitPlan[], more: Partial<ServerPlan> = {}): Plan {
  const plan = calling({ rate_per_s: 50, steps: [io(0.001)], app: { rate_limits, ...more } });
  return { ...plan, horizon_s: 100 };
}

/** What a limit says to requests that come at these times: how long each waits, -1 for one that is turned away. */
function told(limit: RateLimitPlan, times_s: readonly number[]): readonly number[] {
  const [, ...numbers] = encodeRateLimits({ plan: limited([limit]) });
  const state = new RateLimit(new NumberReader(Float64Array.from(numbers)));
  state.reset();
  return times_s.map((time_s) => Math.round(1e6 * state.wait_s(time_s)) / 1e6).map((wait) => (wait < 0 ? -1 : wait));
}

describe("RateLimit", () => {
  it("RateLimit of tokens lets a burst through, then one for each token that has come", () => {
    const bucket = { kind: "token_bucket", rate_per_s: 10, burst: 3 } as const;
    const times_s = [0.05, 0.05, 0.05, 0.05, 0.1, 0.15, 0.151, 0.3, 0.34, 9, 9, 9, 9];
    const continuous = [0, 0, 0, -1, -1, 0, -1, 0, -1, 0, 0, 0, -1];
    expect(told({ ...bucket, refill: "continuous" }, times_s)).toEqual(continuous);
    // A token at .1, .2, .3, ...
    const discrete = [0, 0, 0, -1, 0, -1, -1, 0, 0, 0, 0, 0, -1];
    expect(told({ ...bucket, refill: "discrete" }, times_s)).toEqual(discrete);
  });

  it("RateLimit of a leaky bucket spaces requests out, and turns away who finds its queue full", () => {
    const leaky = { kind: "leaky_bucket", rate_per_s: 10, queue: 2 } as const;
    expect(told(leaky, [1, 1, 1, 1, 1.1, 1.1, 1.25, 5])).toEqual([0, 0.1, 0.2, -1, 0.2, -1, 0.15, 0]);
    expect(told({ ...leaky, queue: 0 }, [1, 1.05, 1.1, 1.1])).toEqual([0, -1, 0, -1]);
  });

  it("RateLimit of a fixed window lets twice the limit through around its end, one of a sliding window never", () => {
    const times_s = [0.8, 0.9, 0.95, 1, 1.1, 1.2, 1.8, 1.85, 1.9];
    const fixed = [0, 0, -1, 0, 0, -1, -1, -1, -1];
    expect(told({ kind: "fixed_window", limit: 2, window_s: 1 }, times_s)).toEqual(fixed);
    const sliding = [0, 0, -1, -1, -1, -1, 0, -1, 0];
    expect(told({ kind: "sliding_window", limit: 2, window_s: 1 }, times_s)).toEqual(sliding);
  });
});

describe("run of servers with rate limits", () => {
  it("run answers whom a limit turns away as rejected, before the server and its outages", () => {
    const value = runMeasured(limited([{ kind: "fixed_window", limit: 30, window_s: 1 }]));
    expect(value("requests_rejected")).toBe(value("app.rate_limited"));
    expect(value("app.requests_completed") + value("app.rate_limited")).toBe(value("requests_generated"));
    expect(value("app.rate_limited")).toBeGreaterThan(1500);
    const down = { kind: "server_down", target: "app", start_s: 0, end_s: 200 } as const;
    const out = runMeasured({
      ...limited([{ kind: "fixed_window", limit: 30, window_s: 1 }]),
      disruptions: [down],
    });
    expect(out("requests_rejected")).toBe(value("requests_rejected"));
    expect(out("requests_failed")).toBe(value("requests_completed") + value("requests_in_flight"));
  });

  it("run makes requests wait before the server in a leaky bucket", () => {
    const times_s = Float64Array.from([1, 1, 1, 1]);
    const generators = [generatorOf({ kind: "trace", times_s, requests: new Int32Array(0) })];
    const plan = limited([{ kind: "leaky_bucket", rate_per_s: 10, queue: 2 }]);
    const value = runMeasured({ ...plan, generators });
    expect(value("latency_s_min")).toBeCloseTo(0.001, 12);
    expect(value("latency_s_max")).toBeCloseTo(0.201, 12);
    expect(value("latency_s_mean")).toBeCloseTo(0.101, 12);
    expect(value("requests_rejected")).toBe(1);
    expect(value("app.residence_s_mean")).toBeCloseTo(0.001, 12);
  });

  it("run turns away a call, which may be tried again; and one that is cancelled while it waits ends there", () => {
    const waiting: RateLimitPlan = { kind: "leaky_bucket", rate_per_s: 1, queue: 1000 };
    const db = server("db", [endpoint([cpu(0.001)])], { rate_limits: [waiting] });
    const plan = calling({
      rate_per_s: 10,
      steps: [call("app-db", "", { timeout_s: 0.5, cancels: true })],
      callees: [db],
      more: { horizon_s: 50 },
    });
    const value = runMeasured(plan);
    expect(value("requests_completed")).toBeLessThan(3);
    expect(value("db.requests_completed")).toBe(value("requests_completed"));
    expect(value("requests_timed_out")).toBe(value("app-db.timeouts"));
    expect(value("in_flight_max")).toBeLessThan(20);
  });

  it("run limits the classes that a limit names, and lets the others pass", () => {
    const mix = ["free", "paid", ""].map((name) => ({ weight: 1, endpoint: "", class: name }));
    const of = (rate_limits: readonly RateLimitPlan[]): ReturnType<typeof runMeasured> => {
      const plan = limited(rate_limits);
      return runMeasured({ ...plan, generators: plan.generators.map((it) => ({ ...it, mix })) });
    };
    const limit: RateLimitPlan = { kind: "fixed_window", limit: 1, window_s: 1000 };
    const free = of([{ ...limit, class: "free" }]);
    expect(free("free.requests_completed")).toBe(1);
    expect(free("paid.requests_rejected")).toBe(0);
    expect(free("app.rate_limited")).toBe(free("free.requests_rejected"));
    const each = of([
      { ...limit, class: "free" },
      { ...limit, class: "" },
    ]);
    expect(each("requests_completed")).toBe(each("paid.requests_completed") + 2);
    const both = of([limit, { ...limit, class: "paid" }]);
    expect(both("requests_completed")).toBe(1);
  });

  it("run lets a load balancer know which servers are down behind their limits", () => {
    const rate_limits: readonly RateLimitPlan[] = [{ kind: "fixed_window", limit: 1e6, window_s: 1 }];
    const servers = ["app-1", "app-2"].map((id) => server(id, [endpoint([io(0.001)])], { rate_limits }));
    const disruptions = [{ kind: "server_down", target: "app-1", start_s: 1, end_s: 9 } as const];
    const value = runMeasured(balanced({ rate_per_s: 50, algorithm: "round_robin", servers, more: { disruptions } }));
    expect(value("requests_failed")).toBe(0);
    expect(value("app-2.requests_completed")).toBeGreaterThan(4 * value("app-1.requests_completed"));
  });

  it("run does not change by a bit with a limit that nobody reaches", () => {
    const plain = limited([]);
    for (const limit of [
      { kind: "token_bucket", rate_per_s: 1e5, burst: 1000, refill: "continuous" },
      { kind: "leaky_bucket", rate_per_s: 1e12, queue: 1000 },
      { kind: "sliding_window", limit: 10_000, window_s: 1 },
    ] as const) {
      const [value, usual] = [runMeasured(limited([limit])), runMeasured(plain)];
      for (const name of ["latency_s_mean", "latency_s_p99", "in_flight_mean", "app.io_queue_mean"]) {
        expect(value(name)).toBe(usual(name));
      }
    }
  });
});
