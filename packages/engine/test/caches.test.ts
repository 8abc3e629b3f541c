import { describe, expect, it } from "vitest";
import type { CachePlan, Distribution, Plan, StepPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { call, calling, constant, endpoint, generatorOf, io, server } from "./plans.js";

/** A cache of all keys, for ever. */
function cache(more: Partial<CachePlan> = {}): CachePlan {
  const keys = { count: 10, draws: constant(3) };
  return {
    id: "cache",
    keys,
    capacity: Infinity,
    eviction: "lru",
    ttl_s: Infinity,
    renews: false,
    coalesces: false,
    ...more,
  };
}

const lookUp = (on_miss: readonly StepPlan[]): StepPlan => ({ kind: "look_up", cache: "cache", on_miss });

/** Requests at known times that look up a key, and need 1 s to fetch it. */
function lookingUp(times_s: readonly number[], more: Partial<CachePlan>, steps = [lookUp([io(1)])]): Plan {
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(times_s), requests: new Int32Array(0) };
  const plan = calling({ rate_per_s: 1, steps, more: { caches: [cache(more)] } });
  return { ...plan, generators: [generatorOf(arrivals)] };
}

/** Looks the keys up one after the other, whole numbers that are drawn from a list of equal probability. */
function drawing(values: readonly number[], more: Partial<CachePlan>, times: number): Plan {
  const draws: Distribution = { kind: "empirical", values };
  const repeat: StepPlan = { kind: "repeat", times: constant(times), steps: [lookUp([])] };
  return lookingUp([0], { keys: { count: 1 + Math.max(...values), draws }, ...more }, [repeat]);
}

describe("run of caches", () => {
  it("run fetches a key once and finds it from then on", () => {
    const value = runMeasured(lookingUp([0, 2, 3], {}));
    expect(value("cache.misses")).toBe(1);
    expect(value("cache.hits")).toBe(2);
    expect(value("cache.hit_ratio")).toBeCloseTo(2 / 3, 12);
    expect(value("latency_s_max")).toBe(1);
    expect(value("latency_s_min")).toBe(0);
  });

  it("run fetches a key again that another one is fetching, unless they are coalesced", () => {
    const apart = runMeasured(lookingUp([0, 0.5], {}));
    expect(apart("cache.misses")).toBe(2);
    expect(apart("latency_s_min")).toBe(1);
    const together = runMeasured(lookingUp([0, 0.5, 0.7, 2], { coalesces: true }));
    expect(together("cache.misses")).toBe(1);
    expect(together("cache.coalesced")).toBe(2);
    expect(together("cache.hits")).toBe(1);
    expect(together("cache.hit_ratio")).toBe(0.25);
    expect(together("latency_s_mean")).toBeCloseTo((1 + 0.5 + 0.3 + 0) / 4, 12);
  });

  it("run fails who waits for a key whose fetching fails, and the next one fetches it anew", () => {
    const value = runMeasured(lookingUp([0, 0.5, 3], { coalesces: true }, [lookUp([io(1), { kind: "fail" }])]));
    expect(value("requests_failed")).toBe(3);
    expect(value("cache.misses")).toBe(2);
    expect(value("cache.coalesced")).toBe(1);
    expect(value("cache.hits")).toBe(0);
  });

  it("run goes on with what an attempt does instead where a key is not fetched", () => {
    const attempt: StepPlan = { kind: "attempt", steps: [lookUp([io(1), { kind: "fail" }])], on_error: [io(0.25)] };
    const value = runMeasured(lookingUp([0, 0.5], { coalesces: true }, [attempt]));
    expect(value("requests_completed")).toBe(2);
    expect(value("latency_s_max")).toBe(1.25);
    expect(value("latency_s_min")).toBe(0.75);
  });

  it("run lets a key expire after its time to live, at that very moment, and a hit renews it only if it should", () => {
    const fixed = runMeasured(lookingUp([0, 2.5, 4.5, 6], { ttl_s: 3 }));
    // Fetched at 1, found at 2.5, too old at 4.5, fetched at 5.5, found at 6.
    expect(fixed("cache.hits")).toBe(2);
    expect(fixed("cache.expirations")).toBe(1);
    const renewed = runMeasured(lookingUp([0, 2.5, 4.5, 6], { ttl_s: 3, renews: true }));
    expect(renewed("cache.hits")).toBe(3);
    expect(renewed("cache.expirations")).toBe(0);
    expect(runMeasured(lookingUp([0, 4], { ttl_s: 3 }))("cache.expirations")).toBe(1);
    expect(runMeasured(lookingUp([0, 3.999], { ttl_s: 3 }))("cache.expirations")).toBe(0);
  });

  it("run goes on for who waits when the one who fetches is given up, and for who fetches when one who waits is", () => {
    const app = [call("app-store", "", { timeout_s: 0.5, cancels: true })];
    const store = server("store", [endpoint([lookUp([io(2)])])], { cpu_cores: 10 });
    const plan = calling({
      rate_per_s: 20,
      steps: app,
      callees: [store],
      more: { caches: [cache({ coalesces: true })] },
    });
    const value = runMeasured(plan);
    expect(value("cache.hits")).toBe(0);
    expect(value("requests_completed")).toBe(0);
    expect(value("requests_timed_out") + value("requests_failed") + value("requests_in_flight")).toBe(
      value("requests_generated"),
    );
    expect(value("cache.misses")).toBeGreaterThan(10);
    expect(value("cache.coalesced")).toBeGreaterThan(100);
  });

  it.each(["lru", "fifo", "lfu", "sieve", "random"] as const)(
    "run with %s evicts one key for each that does not fit",
    (eviction) => {
      const value = runMeasured(drawing([0, 1, 2, 3, 4, 5, 6, 7], { eviction, capacity: 3 }, 5000));
      expect(value("cache.evictions")).toBe(value("cache.misses") - 3);
      // Any of eight equally likely keys is held with probability 3 / 8.
      expect(Math.abs(value("cache.hit_ratio") - 3 / 8)).toBeLessThan(0.03);
      expect(runMeasured(drawing([0, 1, 2], { eviction, capacity: 3 }, 500))("cache.misses")).toBe(3);
    },
  );

  it("run brings draws into the range of the keys", () => {
    const value = runMeasured(
      drawing([0, 1, 7.9], { keys: { count: 2, draws: { kind: "empirical", values: [-1, 0.5, 9] } } }, 100),
    );
    expect(value("cache.misses")).toBe(2);
  });

  it("run refuses a look-up in a cache that is not there", () => {
    expect(() => runMeasured({ ...lookingUp([0], {}), caches: [] })).toThrow(/there is no cache "cache"/);
  });
});
