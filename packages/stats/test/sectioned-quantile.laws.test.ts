import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval, moments, sectionedQuantile } from "../src/index.js";
import { fraction, runs, sample } from "./arbitraries.js";
import { expectClose, expectContained, expectEnclosed } from "./expect-interval.js";

const probability = 0.9;
const pooledAnywhere = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("sectionedQuantile", () => {
  it("sectionedQuantile contains its estimate and widens with confidence", () => {
    const law = fc.property(sample, pooledAnywhere, fraction, fraction, (sections, pooled, one, other) => {
      const narrow = sectionedQuantile(sections, { pooled, probability, confidence: Math.min(one, other) });
      const wide = sectionedQuantile(sections, { pooled, probability, confidence: Math.max(one, other) });
      expectContained(narrow);
      expectEnclosed({ wide, narrow, scale: narrow.std_error });
    });
    fc.assert(law, runs);
  });

  it("sectionedQuantile is Student's t around the mean of the sections, and longer around anything else", () => {
    const law = fc.property(sample, pooledAnywhere, fraction, (sections, pooled, confidence) => {
      const { mean, std, n } = moments(sections);
      const centred = sectionedQuantile(sections, { pooled: mean, probability, confidence });
      expectClose({ actual: centred.std_error, expected: std / Math.sqrt(n), scale: std });
      const { std_error } = sectionedQuantile(sections, { pooled, probability, confidence });
      expect(std_error).toBeGreaterThanOrEqual(centred.std_error);
      // Rounded sums cannot change the method here: 0 skewness is far from the limit.
      const symmetric = [...sections, ...sections.map((x) => 2 * mean - x)];
      const t = meanInterval(symmetric, { confidence });
      if (t.method !== "student_t") return;
      const around = sectionedQuantile(symmetric, { pooled: t.estimate, probability, confidence });
      expectClose({ actual: around.ci_high, expected: t.ci_high, scale: std });
    });
    fc.assert(law, runs);
  });

  it("sectionedQuantile does not depend on the order of the sections", () => {
    const law = fc.property(sample, pooledAnywhere, (sections, pooled) => {
      const options = { pooled, probability, confidence: 0.95 };
      const found = sectionedQuantile(sections, options);
      const other = sectionedQuantile(sections.toReversed(), options);
      expectClose({ actual: other.std_error, expected: found.std_error, scale: found.std_error });
    });
    fc.assert(law, runs);
  });
});
