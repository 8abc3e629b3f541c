import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantileInterval, sortedQuantile, sortedValues } from "../src/index.js";
import { fraction, runs, sample } from "./arbitraries.js";
import { expectContained, expectEnclosed } from "./expect-interval.js";

describe("quantileInterval", () => {
  it("quantileInterval contains its estimate", () => {
    const law = fc.property(sample, fraction, fraction, (values, probability, confidence) =>
      expectContained(quantileInterval(values, { probability, confidence })),
    );
    fc.assert(law, runs);
  });

  it("quantileInterval widens with confidence", () => {
    const law = fc.property(sample, fraction, fraction, fraction, (values, probability, one, other) => {
      const wide = quantileInterval(values, { probability, confidence: Math.max(one, other) });
      expectEnclosed({
        wide,
        narrow: quantileInterval(values, { probability, confidence: Math.min(one, other) }),
        scale: 0,
      });
    });
    fc.assert(law, runs);
  });

  it("quantileInterval does not depend on the order, nor on NaN values", () => {
    const law = fc.property(sample, fraction, (values, probability) => {
      const found = quantileInterval(values, { probability, confidence: 0.95 });
      const other = quantileInterval([NaN, ...values.toReversed()], { probability, confidence: 0.95 });
      const flags = ["undefined_values", ...found.flags];
      expect(other).toEqual({ ...found, n_failed: 1, flags });
    });
    fc.assert(law, runs);
  });

  it("quantileInterval follows an increasing change of unit exactly where no interpolation enters", () => {
    const law = fc.property(sample, fraction, (values, probability) => {
      const found = quantileInterval(values, { probability, confidence: 0.95 });
      const doubled = quantileInterval(
        values.map((x) => 2 * x),
        { probability, confidence: 0.95 },
      );
      expect(doubled.ci_low).toBe(2 * found.ci_low);
      expect(doubled.ci_high).toBe(2 * found.ci_high);
    });
    fc.assert(law, runs);
  });

  it("sortedQuantile never decreases in probability", () => {
    const law = fc.property(sample, fraction, fraction, (values, one, other) => {
      const sorted = sortedValues(values);
      const low = sortedQuantile(sorted, Math.min(one, other));
      const high = sortedQuantile(sorted, Math.max(one, other));
      expect(low).toBeLessThanOrEqual(
        high + 1e-15 * Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1])),
      );
      expect(low).toBeGreaterThanOrEqual(sorted[0]);
      expect(high).toBeLessThanOrEqual(sorted[sorted.length - 1]);
    });
    fc.assert(law, runs);
  });
});
