import * as fc from "fast-check";
import { describe, it } from "vitest";
import { moments, overlappingBatchMeans } from "../src/index.js";
import { fraction, runs } from "./arbitraries.js";
import { expectClose, expectContained, expectEnclosed } from "./expect-interval.js";

const series = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 4, maxLength: 60 });
const share = fc.double({ min: 0, max: 0.5, noNaN: true });
const batchOf = (values: number[], share: number): number => Math.max(1, Math.floor(share * values.length));

describe("overlappingBatchMeans", () => {
  it("overlappingBatchMeans is what its definition says", () => {
    const law = fc.property(series, share, (values, share) => {
      const batch = batchOf(values, share);
      const n = values.length;
      const { mean } = moments(values);
      const squares = Array.from({ length: n - batch + 1 }, (_, j) => {
        const distance = moments(values.slice(j, j + batch)).mean - mean;
        return distance * distance;
      }).reduce((sum, square) => sum + square, 0);
      const expected = Math.sqrt((batch * squares) / ((n - batch + 1) * (n - batch)));
      const { std_error } = overlappingBatchMeans(values, { batch, confidence: 0.95 });
      expectClose({ actual: std_error, expected, scale: 100 });
    });
    fc.assert(law, runs);
  });

  it("overlappingBatchMeans contains its estimate, widens with confidence and reads either way", () => {
    const law = fc.property(series, share, fraction, fraction, (values, share, one, other) => {
      const batch = batchOf(values, share);
      const narrow = overlappingBatchMeans(values, { batch, confidence: Math.min(one, other) });
      const wide = overlappingBatchMeans(values, { batch, confidence: Math.max(one, other) });
      expectContained(narrow);
      expectEnclosed({ wide, narrow, scale: 1 + narrow.std_error });
      const reversed = overlappingBatchMeans(values.toReversed(), { batch, confidence: 0.95 });
      expectClose({ actual: reversed.std_error, expected: narrow.std_error, scale: 100 });
    });
    fc.assert(law, runs);
  });
});
