import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, type CachePlan, type HitCurvePlan, type Plan, type StepPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { calling, constant, exponential, generatorOf, io, poisson } from "./plans.js";

function cache(more: Partial<CachePlan> = {}): CachePlan {
  const keys = { count: 11, draws: constant(3) };
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

const curve: HitCurvePlan = { id: "cache", cold_ratio: 0, warm_ratio: 1, half_life_s: 0.1 };
const lookUp = (on_miss: readonly StepPlan[]): StepPlan => ({ kind: "look_up", cache: "cache", on_miss });

/** Requests at known times that look something up, and need 1 s to fetch it. */
function lookingUp(times_s: readonly number[], more: Partial<Plan>): Plan {
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(times_s), requests: new Int32Array(0) };
  const plan = calling({ rate_per_s: 1, steps: [lookUp([io(1)])], more: { horizon_s: 100, ...more } });
  return { ...plan, generators: [generatorOf(arrivals)] };
}

describe("run of caches over time", () => {
  it("run empties a cache at a flush, and what is being fetched then comes in", () => {
    const flushes = [{ cache: "cache", at_s: 5 }];
    const value = runMeasured(lookingUp([0, 4, 6, 8], { caches: [cache()], flushes }));
    expect([value("cache.misses"), value("cache.hits")]).toEqual([2, 2]);
    expect(value("cache.evictions")).toBe(0);
    const keys = { count: 2, draws: constant(0) };
    const coalescing = [cache({ keys, ttl_s: 3, coalesces: true })];
    const fetching = runMeasured(lookingUp([0, 4.5, 5.25, 6], { caches: coalescing, flushes }));
    // Fetched at 1; too old at 4.5, fetched at 5.5 in spite of the flush, found at 6.
    expect([fetching("cache.misses"), fetching("cache.coalesced"), fetching("cache.hits")]).toEqual([2, 1, 1]);
  });

  it.each(["lru", "fifo", "lfu", "sieve", "random"] as const)(
    "run with %s fills a cache again after a flush",
    (eviction) => {
      const draws = { kind: "uniform" as const, min: 0, max: 8 };
      const flushed = cache({ keys: { count: 8, draws }, capacity: 3, eviction, entry_mb: 0.5 });
      const plan = lookingUp(
        Array.from({ length: 4000 }, (_, k) => k / 100),
        { caches: [flushed], flushes: [{ cache: "cache", at_s: 20 }] },
      );
      const value = runMeasured({
        ...plan,
        servers: plan.servers.map((place) => ({
          ...place,
          endpoints: [{ ...place.endpoints[0]!, steps: [lookUp([])] }],
        })),
      });
      // Three places are filled twice.
      expect(value("cache.evictions")).toBe(value("cache.misses") - 6);
      expect(value("cache.used_mb_max")).toBe(1.5);
      expect(Math.abs(value("cache.hit_ratio") - 3 / 8)).toBeLessThan(0.04);
    },
  );

  it("run uses memory for the keys that are held, those that are too old and not asked for among them", () => {
    const caches = [cache({ ttl_s: 10, entry_mb: 0.5 })];
    const value = runMeasured(lookingUp([0, 30], { caches }));
    // Held from 1 on; at 30 it is too old, and held again from 31 on.
    expect(value("cache.used_mb_mean")).toBeCloseTo((0.5 * (29 + 69)) / 100, 12);
    expect(value("cache.used_mb_max")).toBe(0.5);
    const flushed = runMeasured(lookingUp([0], { caches, flushes: [{ cache: "cache", at_s: 51 }] }));
    expect(flushed("cache.used_mb_mean")).toBeCloseTo((0.5 * 50) / 100, 12);
  });

  it("run draws a time to live for every key that is fetched, and at every hit that renews it", () => {
    const ttl_s = { kind: "uniform" as const, min: 2, max: 4 };
    const times_s = Array.from({ length: 90 }, (_, k) => k);
    const value = runMeasured(lookingUp(times_s, { caches: [cache({ ttl_s, renews: true })] }));
    expect(value("cache.expirations")).toBe(0);
    expect(value("cache.misses")).toBe(1);
    const fixed = runMeasured(lookingUp(times_s, { caches: [cache({ ttl_s })] }));
    // Too old 2 to 4 s after it was fetched, which takes 1 s.
    expect(fixed("cache.expirations")).toBeGreaterThan(90 / 6);
    expect(fixed("cache.expirations")).toBeLessThan(90 / 3);
  });

  it("run asks for other keys after every shift, in a circle of all keys but 0", () => {
    const shifted = cache({ keys: { count: 11, draws: constant(3), shift: { every_s: 10, keys: 4 } } });
    // Keys 3, 7, 1, 5, 9 and 3 again.
    const value = runMeasured(lookingUp([1, 5, 11, 19, 21, 31, 41, 51, 61, 99], { caches: [shifted] }));
    expect([value("cache.misses"), value("cache.hits")]).toEqual([5, 5]);
    const first = cache({ keys: { count: 11, draws: constant(0), shift: { every_s: 10, keys: 4 } } });
    expect(runMeasured(lookingUp([1, 5, 11, 21], { caches: [first] }))("cache.misses")).toBe(1);
  });

  it("run finds nothing in a cold cache and everything in a warm one, and a flush makes it cold", () => {
    const plan = { hit_curves: [curve], flushes: [{ cache: "cache", at_s: 20 }] };
    const value = runMeasured(lookingUp([0, 10, 11, 20, 40], plan));
    expect([value("cache.misses"), value("cache.hits"), value("cache.hit_ratio")]).toEqual([2, 3, 0.6]);
  });

  it("run with a share of hits that does not change gives the bits of a branch by chance", () => {
    const law = fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1000), (ratio, seed) => {
      const on_miss = [io(exponential(0.01))];
      const branch: StepPlan = { kind: "branch", ways: [{ when: { probability: 1 - ratio }, steps: on_miss }] };
      const generators = [poisson(100)];
      const plan = { ...calling({ rate_per_s: 1, steps: [branch] }), generators };
      const hit_curves = [{ ...curve, cold_ratio: ratio, warm_ratio: ratio }];
      const guessing = { ...calling({ rate_per_s: 1, steps: [lookUp(on_miss)], more: { hit_curves } }), generators };
      const { metrics } = run(plan, seed, 0);
      expect(run(guessing, seed, 0).metrics.slice(0, metrics.length)).toEqual(metrics);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 30 });
  });

  it("run refuses to flush a cache that is not there", () => {
    expect(() => runMeasured(lookingUp([0], { caches: [cache()], flushes: [{ cache: "app", at_s: 1 }] }))).toThrow(
      /there is no such cache/,
    );
  });
});
