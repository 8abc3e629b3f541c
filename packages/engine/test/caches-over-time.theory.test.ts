import { describe, expect, it } from "vitest";
import type { CachePlan, Plan } from "../src/index.js";
import { calling, constant, io, poisson } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

/** Poisson look-ups of one key, which takes `fetch_s` to fetch. */
function oneKey(rate_per_s: number, more: Partial<CachePlan>, fetch_s = 0): Plan {
  const cache: CachePlan = {
    id: "cache",
    keys: { count: 1, draws: constant(0) },
    capacity: 1,
    eviction: "lru",
    ttl_s: Infinity,
    renews: false,
    coalesces: false,
    ...more,
  };
  const on_miss = fetch_s === 0 ? [] : [io(fetch_s)];
  const steps = [{ kind: "look_up" as const, cache: "cache", on_miss }];
  const plan = calling({ rate_per_s, steps, more: { caches: [cache], warm_up_s: 5, horizon_s: 1000 } });
  return { ...plan, generators: [poisson(rate_per_s)] };
}

const readings = {
  hits: (value: (name: string) => number) => value("cache.hit_ratio"),
  misses: (value: (name: string) => number) => value("cache.misses") / value("requests_generated"),
};

describe("run of caches over time", () => {
  // A hit is a gap shorter than the time to live. With one that is uniform on [a, b]: 1 - E exp(-rate T), by Simpson's rule here.
  it("run of one key whose time to live has jitter hits as often as the integral over it says", () => {
    const [rate, a, b] = [10, 0.05, 0.35];
    const panels = 100;
    const width = (b - a) / panels;
    let sum = 0;
    for (let k = 0; k <= panels; k++) {
      const weight = k === 0 || k === panels ? 1 : k % 2 === 1 ? 4 : 2;
      sum += weight * Math.exp(-rate * (a + k * width));
    }
    const truth = 1 - ((width / 3) * sum) / (b - a);
    const ttl_s = { kind: "uniform" as const, min: a, max: b };
    const { hits } = replicated(oneKey(rate, { ttl_s, renews: true }), readings);
    expectTruth(hits, truth, "hit ratio", 0.003);
    // Negative control: without jitter it is 1 - exp(-2).
    expect(() => expectTruth(hits, 1 - Math.exp(-2), "hit ratio")).toThrow();
    // If hits do not renew it, only its mean matters: in each cycle one miss, and a hit for each arrival in its time to live.
    const fixed = replicated(oneKey(rate, { ttl_s }), readings);
    expectTruth(fixed.hits, (rate * (a + b)) / 2 / (1 + (rate * (a + b)) / 2), "hit ratio", 0.003);
  });

  // A stampede, by renewal at the first miss of each cycle. Without coalescing, everybody who comes in the time F of the first fetch misses too, and
  // the last of these, F - (1 - exp(-rate F)) / rate after the first on average, says when the time to live begins.
  it.each([true, false])(
    "run of one key that is slow to fetch misses as a stampede does, coalesced: %s",
    (coalesces) => {
      const [rate, fetch_s, ttl_s] = [20, 0.5, 2];
      const last_s = coalesces ? 0 : fetch_s - (1 - Math.exp(-rate * fetch_s)) / rate;
      const cycle_s = last_s + fetch_s + ttl_s + 1 / rate;
      const truth = (coalesces ? 1 : 1 + rate * fetch_s) / (rate * cycle_s);
      const { misses } = replicated(oneKey(rate, { ttl_s, coalesces }, fetch_s), readings);
      expectTruth(misses, truth, "share of fetches");
      expect(truth).toBeCloseTo(coalesces ? 1 / 51 : 11 / 60, 5);
    },
  );

  // The mean of warm + (cold - warm) 2^(-t / half life) over each time since the cache was empty.
  it.each([
    { name: "once", flushes: [], pieces_s: [100] },
    { name: "and again after a flush", flushes: [{ cache: "cache", at_s: 30 }], pieces_s: [30, 70] },
  ])("run of a cache that warms up $name hits as often as its curve says", ({ flushes, pieces_s }) => {
    const [cold, warm, half] = [0.1, 0.9, 20];
    const over = (length_s: number): number =>
      warm * length_s + (((cold - warm) * half) / Math.log(2)) * (1 - Math.pow(2, -length_s / half));
    const truth = pieces_s.map(over).reduce((sum, part) => sum + part) / 100;
    const hit_curves = [{ id: "cache", cold_ratio: cold, warm_ratio: warm, half_life_s: half }];
    const plan = { ...oneKey(200, {}), caches: [], hit_curves, flushes, warm_up_s: 0, horizon_s: 100 };
    const { hits } = replicated(plan, readings);
    expectTruth(hits, truth, "hit ratio", 0.003);
    expect(() => expectTruth(hits, truth * 1.01, "hit ratio")).toThrow();
  });
});
