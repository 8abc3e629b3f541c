import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval, moments } from "../src/index.js";
import { fraction, runs, sample } from "./arbitraries.js";
import { expectClose, expectContained, expectEnclosed } from "./expect-interval.js";

describe("meanInterval", () => {
  it("meanInterval contains its estimate", () => {
    fc.assert(
      fc.property(sample, fraction, (values, confidence) => expectContained(meanInterval(values, { confidence }))),
      runs,
    );
  });

  it("meanInterval widens with confidence", () => {
    const law = fc.property(sample, fraction, fraction, (values, one, other) => {
      const wide = meanInterval(values, { confidence: Math.max(one, other) });
      const narrow = meanInterval(values, { confidence: Math.min(one, other) });
      expectEnclosed({ wide, narrow, scale: moments(values).std });
    });
    fc.assert(law, runs);
  });

  it("meanInterval moves and stretches with its sample", () => {
    const shifts = fc.integer({ min: -1000, max: 1000 });
    const law = fc.property(sample, shifts, fc.integer({ min: 1, max: 64 }), (values, shift, factor) => {
      const { std, skewness, n } = moments(values);
      // At the boundary between the methods rounding may choose the other one.
      fc.pre(std > 1e-3 && Math.abs(Math.abs(skewness) / Math.sqrt(n) - 0.1) > 1e-6);
      const plain = meanInterval(values, { confidence: 0.95 });
      const moved = meanInterval(
        values.map((x) => factor * x + shift),
        { confidence: 0.95 },
      );
      const scale = factor * (plain.ci_high - plain.ci_low) + 100;
      expect(moved.method).toBe(plain.method);
      expectClose({ actual: moved.estimate, expected: factor * plain.estimate + shift, scale });
      expectClose({ actual: moved.ci_low, expected: factor * plain.ci_low + shift, scale });
      expectClose({ actual: moved.ci_high, expected: factor * plain.ci_high + shift, scale });
      expectClose({ actual: moved.std_error, expected: factor * plain.std_error, scale });
    });
    fc.assert(law, runs);
  });

  it("meanInterval mirrors", () => {
    const law = fc.property(sample, fraction, (values, confidence) => {
      const found = meanInterval(values, { confidence });
      const mirrored = meanInterval(
        values.map((x) => -x),
        { confidence },
      );
      expect(mirrored.ci_low + found.ci_high).toBe(0);
      expect(mirrored.ci_high + found.ci_low).toBe(0);
    });
    fc.assert(law, runs);
  });

  it("meanInterval does not depend on the order", () => {
    const law = fc.property(sample, (values) => {
      const { std, skewness, n } = moments(values);
      fc.pre(std === 0 || Math.abs(Math.abs(skewness) / Math.sqrt(n) - 0.1) > 1e-6);
      const found = meanInterval(values, { confidence: 0.9 });
      const other = meanInterval(values.toReversed(), { confidence: 0.9 });
      expect(other.method).toBe(found.method);
      expectClose({ actual: other.ci_low, expected: found.ci_low, scale: std });
      expectClose({ actual: other.ci_high, expected: found.ci_high, scale: std });
    });
    fc.assert(law, runs);
  });

  it("meanInterval uses both methods in these laws", () => {
    const methods = fc.sample(sample, runs).map((values) => meanInterval(values, { confidence: 0.95 }).method);
    expect(new Set(methods)).toEqual(new Set(["student_t", "hall"]));
  });
});
