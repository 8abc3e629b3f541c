import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moments, mser5 } from "../src/index.js";
import { runs } from "./arbitraries.js";

/** Whole numbers, so that sums do not round. */
const paths = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 50, maxLength: 150 });

describe("mser5", () => {
  it("mser5 cuts where its definition says", () => {
    const law = fc.property(paths, (path) => {
      const batches = Array.from(
        { length: Math.floor(path.length / 5) },
        (_, k) => moments(path.slice(5 * k, 5 * k + 5)).mean,
      );
      const errorOf = (first: number): number => {
        const { n, variance } = moments(batches.slice(first));
        return ((n - 1) * variance) / (n * n);
      };
      const { cut, mean } = mser5(path);
      expect(mean).toBeCloseTo(moments(batches.slice(cut / 5)).mean, 9);
      for (let first = 0; first <= batches.length / 2; first++) {
        expect(errorOf(cut / 5)).toBeLessThanOrEqual(errorOf(first) + 1e-9);
      }
    });
    fc.assert(law, runs);
  });

  it("mser5 cuts whole batches of the first half, in any unit", () => {
    const law = fc.property(paths, fc.integer({ min: -9, max: 9 }), (path, shift) => {
      const found = mser5(path);
      expect(found.cut % 5).toBe(0);
      expect(found.cut).toBeLessThanOrEqual(path.length / 2);
      // Halves of whole numbers round as they do.
      const doubled = mser5(path.map((x) => 2 * x));
      expect(doubled).toEqual({ ...found, mean: 2 * found.mean });
      const moved = mser5(path.map((x) => x + 1024 * shift));
      expect(moved.mean - 1024 * shift).toBeCloseTo(found.mean, 6);
    });
    fc.assert(law, runs);
  });
});
