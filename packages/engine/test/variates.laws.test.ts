import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Distribution } from "../src/index.js";
import { fillerOf } from "../src/random/filler-of.js";
import { streamKey, streamState } from "../src/random/stream-key.js";
import { anyDistribution } from "./random-plans.js";
import { Variates } from "./variates.js";

const runs = { seed: 20_261_121, numRuns: 200 };
const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const replications = fc.integer({ min: 0, max: 1_000_000 });

/** The first variates of the stream "component", "purpose". */
function drawn(distribution: Distribution, seed: number, replication: number, length = 300): readonly number[] {
  const variates = new Variates("component", "purpose", distribution);
  variates.reset(seed, replication);
  return Array.from({ length }, () => variates.next());
}

describe("Variates", () => {
  it("Variates gives what one long block holds: blocks leave no seam", () => {
    const law = fc.property(anyDistribution, seeds, replications, (distribution, seed, replication) => {
      const block = new Float64Array(300);
      const state = streamState(streamKey("component", "purpose"), seed, replication);
      fillerOf(distribution)(xoroshiro128plusFromState(state), block);
      expect(drawn(distribution, seed, replication)).toEqual([...block]);
    });
    fc.assert(law, runs);
  });

  it("Variates starts again where it was reset, wherever it stood", () => {
    const law = fc.property(anyDistribution, seeds, fc.nat(200), (distribution, seed, used) => {
      const variates = new Variates("component", "purpose", distribution);
      variates.reset(seed + 1, 3);
      for (let k = 0; k < used; k++) variates.next();
      variates.reset(seed, 5);
      expect(Array.from({ length: 300 }, () => variates.next())).toEqual(drawn(distribution, seed, 5));
    });
    fc.assert(law, runs);
  });

  it("Variates gives durations: finite and not negative", () => {
    const law = fc.property(anyDistribution, seeds, (distribution, seed) => {
      expect(drawn(distribution, seed, 0).every((value) => value >= 0 && value < Number.POSITIVE_INFINITY)).toBe(true);
    });
    fc.assert(law, runs);
  });

  it("Variates of two Poisson means from one stream are ordered as the means are", () => {
    const means = fc.oneof(fc.double({ min: 1e-3, max: 20, noNaN: true }), fc.integer({ min: 1, max: 100_000 }));
    const law = fc.property(means, means, seeds, (one, other, seed) => {
      const low = drawn({ kind: "poisson", mean: Math.min(one, other) }, seed, 0, 100);
      const high = drawn({ kind: "poisson", mean: Math.max(one, other) }, seed, 0, 100);
      expect(low.every((value, k) => value <= high[k]!)).toBe(true);
    });
    fc.assert(law, runs);
  });

  it("Variates scales with the distribution: one stream, two means, one ratio", () => {
    const law = fc.property(seeds, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (seed, mean) => {
      const unit = drawn({ kind: "exponential", mean: 1 }, seed, 0);
      const scaled = drawn({ kind: "exponential", mean }, seed, 0);
      expect(scaled.every((value, k) => Math.abs(value - mean * unit[k]!) <= 1e-12 * value)).toBe(true);
    });
    fc.assert(law, runs);
  });

  it("Variates of different purposes, components, seeds and replications differ", () => {
    const exponential: Distribution = { kind: "exponential", mean: 1 };
    const first = (component: string, purpose: string, seed: number, replication: number): number => {
      const variates = new Variates(component, purpose, exponential);
      variates.reset(seed, replication);
      return variates.next();
    };
    const values = [first("a", "x", 1, 0), first("a", "y", 1, 0), first("b", "x", 1, 0), first("a", "x", 2, 0)];
    expect(new Set([...values, first("a", "x", 1, 1)]).size).toBe(5);
  });
});
