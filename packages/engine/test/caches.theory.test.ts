import { describe, expect, it } from "vitest";
import type { CachePlan, Distribution, Plan, StepPlan } from "../src/index.js";
import { calling, constant, generatorOf, poisson } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

const lookUp: StepPlan = { kind: "look_up", cache: "cache", on_miss: [] };

/** Independent references, one after the other, the first `warm` of them not counted. */
function references(options: {
  readonly count: number;
  readonly draws: Distribution;
  readonly capacity: number;
  readonly eviction: CachePlan["eviction"];
  readonly length: number;
  readonly warm: number;
}): Plan {
  const { count, draws, capacity, eviction, length, warm } = options;
  const cache = {
    id: "cache",
    keys: { count, draws },
    capacity,
    eviction,
    ttl_s: Infinity,
    renews: false,
    coalesces: false,
  };
  const arrivals = { kind: "trace" as const, times_s: Float64Array.of(0, 2), requests: Int32Array.of(0, 1) };
  const repeat = (times: number): StepPlan => ({ kind: "repeat", times: constant(times), steps: [lookUp] });
  const branch: StepPlan = {
    kind: "branch",
    ways: [
      { when: { class: "warm" }, steps: [repeat(warm)] },
      { when: { class: "measured" }, steps: [repeat(length)] },
    ],
  };
  const mix = [
    { weight: 1, endpoint: "", class: "warm" },
    { weight: 1, endpoint: "", class: "measured" },
  ];
  const plan = calling({ rate_per_s: 1, steps: [branch], more: { caches: [cache], warm_up_s: 1, horizon_s: 3 } });
  return { ...plan, generators: [generatorOf(arrivals, { mix })] };
}

const hitRatio = { hit: (value: (name: string) => number) => value("cache.hit_ratio") };

describe("run of caches", () => {
  // King 1971, "Analysis of demand paging algorithms": stationary hit ratios by summing over all states.
  it.each([
    { eviction: "lru" as const, truth: 0.503874 },
    { eviction: "fifo" as const, truth: 0.491855 },
    // FIFO and RANDOM have one hit ratio under independent references (Gelenbe 1973).
    { eviction: "random" as const, truth: 0.491855 },
  ])("run of two places for five keys hits $truth with $eviction", ({ eviction, truth }) => {
    const values = [40, 25, 15, 12, 8].flatMap((times, key) => Array.from({ length: times }, () => key));
    const draws = { kind: "empirical" as const, values };
    const plan = references({ count: 5, draws, capacity: 2, eviction, length: 20_000, warm: 100 });
    const { hit } = replicated(plan, hitRatio);
    expectTruth(hit, truth, eviction, 0.003);
    // Negative control: LRU and FIFO differ by 2.4 % here, and the test sees it.
    expect(() => expectTruth(hit, eviction === "lru" ? 0.491855 : 0.503874, eviction)).toThrow();
  });

  // Che, Tung and Wang 2002; Fricker, Robert and Roberts 2012 for FIFO and RANDOM: approximations, good to about 1 %.
  it.each([
    { eviction: "lru" as const, capacity: 100, truth: 0.15662 },
    { eviction: "lru" as const, capacity: 1000, truth: 0.43666 },
    { eviction: "lru" as const, capacity: 2000, truth: 0.56771 },
    { eviction: "fifo" as const, capacity: 100, truth: 0.13362 },
    { eviction: "fifo" as const, capacity: 1000, truth: 0.39418 },
    { eviction: "random" as const, capacity: 1000, truth: 0.39418 },
    { eviction: "random" as const, capacity: 100, truth: 0.13362 },
    { eviction: "fifo" as const, capacity: 2000, truth: 0.52225 },
    { eviction: "random" as const, capacity: 2000, truth: 0.52225 },
  ])("run of Zipf .8 over 10,000 keys hits $truth with $eviction of $capacity", ({ eviction, capacity, truth }) => {
    const draws = { kind: "zipf" as const, count: 10_000, exponent: 0.8 };
    const plan = references({ count: 10_001, draws, capacity, eviction, length: 30_000, warm: 30_000 });
    const { hit } = replicated(plan, hitRatio, 4);
    expect(Math.abs(hit.mean / truth - 1), `${hit.mean} for ${truth}`).toBeLessThan(0.015);
  });

  it.each([
    { eviction: "lru" as const, truth: 0.6756 },
    { eviction: "fifo" as const, truth: 0.63091 },
  ])("run of Zipf 1 over 10,000 keys hits $truth with $eviction of 1000", ({ eviction, truth }) => {
    const draws = { kind: "zipf" as const, count: 10_000, exponent: 1 };
    const plan = references({ count: 10_001, draws, capacity: 1000, eviction, length: 30_000, warm: 30_000 });
    const { hit } = replicated(plan, hitRatio, 4);
    expect(Math.abs(hit.mean / truth - 1), `${hit.mean} for ${truth}`).toBeLessThan(0.01);
  });

  it("run of Zipf 1 over 10,000 keys comes near 0.76479 with lfu of 1000, what the most popular keys for ever would have", () => {
    const draws = { kind: "zipf" as const, count: 10_000, exponent: 1 };
    const plan = references({ count: 10_001, draws, capacity: 1000, eviction: "lfu", length: 50_000, warm: 200_000 });
    const { hit } = replicated(plan, hitRatio, 2);
    expect(hit.mean).toBeGreaterThan(0.96 * 0.76479);
    expect(hit.mean).toBeLessThan(1.01 * 0.76479);
  });

  // The sum over all keys of what one key hits, by popularity.
  it.each([
    { renews: false, truth: 0.6517 },
    { renews: true, truth: 0.74078 },
  ])("run of Zipf .8 over 10,000 keys that live for 10 s hits $truth when hits renew them: $renews", (it) => {
    const { renews, truth } = it;
    const keys = { count: 10_001, draws: { kind: "zipf" as const, count: 10_000, exponent: 0.8 } };
    const cache = {
      id: "cache",
      keys,
      capacity: Infinity,
      eviction: "fifo" as const,
      ttl_s: 10,
      renews,
      coalesces: false,
    };
    const more = { caches: [cache], warm_up_s: 60, horizon_s: 160 };
    const plan = calling({ rate_per_s: 1000, steps: [lookUp], more });
    const { hit } = replicated({ ...plan, generators: [poisson(1000)] }, hitRatio, 10);
    expectTruth(hit, truth, "hit ratio", 0.003);
  });

  // The most popular keys for ever are the best there is; perfect LFU has one place for the newcomer and comes close in time.
  it.each([
    { capacity: 100, best: 0.30005 },
    { capacity: 1000, best: 0.57062 },
    { capacity: 2000, best: 0.67976 },
  ])(
    "run of Zipf .8 over 10,000 keys comes near $best with lfu of $capacity, and sieve is between that and lru",
    ({ capacity, best }) => {
      const draws = { kind: "zipf" as const, count: 10_000, exponent: 0.8 };
      const found = (eviction: CachePlan["eviction"]): number =>
        replicated(references({ count: 10_001, draws, capacity, eviction, length: 50_000, warm: 100_000 }), hitRatio, 2)
          .hit.mean;
      const lfu = found("lfu");
      const sieve = found("sieve");
      expect(lfu).toBeGreaterThan(0.93 * best);
      expect(lfu).toBeLessThan(1.01 * best);
      expect(sieve).toBeGreaterThan(1.05 * found("lru"));
      expect(sieve).toBeLessThan(lfu);
    },
  );

  it.each([
    { renews: false, truth: 0.75 },
    { renews: true, truth: 0.950213 },
  ])(
    "run of one key with a time to live of three gaps hits $truth when hits renew it: $renews",
    ({ renews, truth }) => {
      // Fixed: rate x ttl / (1 + rate x ttl); renewed: 1 - exp(-rate x ttl). Poisson arrivals.
      const keys = { count: 1, draws: constant(0) };
      const cache = { id: "cache", keys, capacity: 1, eviction: "lru" as const, ttl_s: 0.3, renews, coalesces: false };
      const plan = calling({
        rate_per_s: 10,
        steps: [lookUp],
        more: { caches: [cache], warm_up_s: 5, horizon_s: 1000 },
      });
      const { hit } = replicated({ ...plan, generators: [poisson(10)] }, hitRatio);
      expectTruth(hit, truth, "hit ratio", 0.003);
      expect(() => expectTruth(hit, truth * 1.01, "hit ratio")).toThrow();
    },
  );
});
