import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderStatisticRanks, wilksSampleSize } from "../src/index.js";
import { fraction, runs } from "./arbitraries.js";

describe("orderStatisticRanks", () => {
  const size = fc.integer({ min: 1, max: 3000 });

  it("orderStatisticRanks covers at least what it promises", () => {
    const law = fc.property(size, fraction, fraction, (n, probability, confidence) => {
      const { low_rank, high_rank, coverage } = orderStatisticRanks({ n, probability, confidence });
      expect(coverage).toBeGreaterThanOrEqual(confidence - 1e-9);
      expect(low_rank).toBeGreaterThanOrEqual(0);
      expect(low_rank).toBeLessThan(high_rank);
      expect(high_rank).toBeLessThanOrEqual(n + 1);
    });
    fc.assert(law, runs);
  });

  it("orderStatisticRanks mirrors with the probability", () => {
    const law = fc.property(size, fc.integer({ min: 1, max: 1023 }), fraction, (n, k, confidence) => {
      const found = orderStatisticRanks({ n, probability: k / 1024, confidence });
      const mirrored = orderStatisticRanks({ n, probability: 1 - k / 1024, confidence });
      expect(mirrored.low_rank).toBe(n + 1 - found.high_rank);
      expect(mirrored.high_rank).toBe(n + 1 - found.low_rank);
    });
    fc.assert(law, runs);
  });

  it("wilksSampleSize is the first n with an upper rank", () => {
    const law = fc.property(fc.double({ min: 0.01, max: 0.995, noNaN: true }), fraction, (probability, confidence) => {
      const n = wilksSampleSize({ probability, confidence: (1 + confidence) / 2 });
      const bounded = (count: number): boolean =>
        orderStatisticRanks({ n: count, probability, confidence }).high_rank <= count;
      expect(bounded(n)).toBe(true);
      expect(bounded(n - 1)).toBe(false);
    });
    fc.assert(law, runs);
  });
});
