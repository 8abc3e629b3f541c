import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exceedanceCurve, expectedShortfall, sortedQuantile, sortedValues, valueAtRisk } from "../src/index.js";
import { fraction, runs, sample } from "./arbitraries.js";
import { expectClose, expectContained, expectEnclosed } from "./expect-interval.js";

const confidence = 0.95;
const size = 120;
/** Long enough for a tail of a half. */
const long = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: size, maxLength: size });
const atMostHalf = fc.double({ min: 0.05, max: 0.5, noNaN: true });

describe("expectedShortfall", () => {
  it("expectedShortfall contains its estimate and widens with confidence", () => {
    const law = fc.property(long, atMostHalf, fraction, fraction, (values, probability, one, other) => {
      const narrow = expectedShortfall(values, { probability, confidence: Math.min(one, other) });
      const wide = expectedShortfall(values, { probability, confidence: Math.max(one, other) });
      // The interval is of the excess over the value at risk, so it rounds at the size of that.
      expectContained({ ...narrow, ci_low: narrow.ci_low - 1e-9, ci_high: narrow.ci_high + 1e-9 });
      expectEnclosed({ wide, narrow, scale: 1 + narrow.std_error });
    });
    fc.assert(law, runs);
  });

  it("expectedShortfall is above the mean and below the largest value, and grows with probability", () => {
    const law = fc.property(long, atMostHalf, atMostHalf, (values, one, other) => {
      const low = expectedShortfall(values, { probability: Math.min(one, other), confidence }).estimate;
      const high = expectedShortfall(values, { probability: Math.max(one, other), confidence }).estimate;
      const mean = values.reduce((total, value) => total + value, 0) / size;
      expect(low).toBeGreaterThanOrEqual(mean - 1e-9);
      expect(high).toBeGreaterThanOrEqual(low - 1e-9);
      expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      expect(high).toBeGreaterThanOrEqual(sortedQuantile(sortedValues(values), 0.05) - 1e-9);
    });
    fc.assert(law, runs);
  });

  it("expectedShortfall moves and stretches with its sample", () => {
    const law = fc.property(long, atMostHalf, fc.integer({ min: 1, max: 64 }), (values, probability, factor) => {
      const plain = expectedShortfall(values, { probability, confidence });
      const moved = expectedShortfall(
        values.map((x) => factor * x + 7),
        { probability, confidence },
      );
      const scale = 1e3 * factor;
      expectClose({ actual: moved.estimate, expected: factor * plain.estimate + 7, scale });
      expectClose({ actual: moved.std_error, expected: factor * plain.std_error, scale });
    });
    fc.assert(law, runs);
  });

  it("expectedShortfall of a sum is at most the sum of both", () => {
    const law = fc.property(long, long, atMostHalf, (one, other, probability) => {
      const of = (values: number[]): number => expectedShortfall(values, { probability, confidence }).estimate;
      expect(of(one.map((x, i) => x + other[i]))).toBeLessThanOrEqual(of(one) + of(other) + 1e-9);
    });
    fc.assert(law, runs);
  });

  it("valueAtRisk does not have that law", () => {
    // Two rare losses: each is absent from nine runs in ten, one of them from eight in ten.
    const first = Array.from({ length: 200 }, (_, i) => (i < 18 ? 1 : 0));
    const second = first.toReversed();
    const of = (values: number[]): number => valueAtRisk(values, { probability: 0.9, confidence }).estimate;
    expect(of(first) + of(second)).toBe(0);
    expect(of(first.map((x, i) => x + second[i]))).toBe(1);
  });
});

describe("exceedanceCurve", () => {
  it("exceedanceCurve is the share above each value, never increasing, inside its band", () => {
    const law = fc.property(sample, fraction, (values, confidence) => {
      const found = exceedanceCurve([...values, ...values.slice(0, 3)], { confidence });
      const all = [...values, ...values.slice(0, 3)];
      expect([...found.values]).toEqual([...sortedValues(all)].filter((x, i, sorted) => x !== sorted[i + 1]));
      for (const [i, value] of found.values.entries()) {
        expect(found.exceedance[i]).toBe(all.filter((x) => x > value).length / all.length);
        expect(found.band_low[i]).toBe(Math.max(0, found.exceedance[i] - found.reach));
        expect(found.band_high[i]).toBe(Math.min(1, found.exceedance[i] + found.reach));
      }
      expect(found.exceedance[found.values.length - 1]).toBe(0);
    });
    fc.assert(law, runs);
  });
});
