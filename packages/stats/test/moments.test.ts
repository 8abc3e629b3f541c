import { describe, expect, it } from "vitest";
import { moments } from "../src/index.js";

describe("moments", () => {
  it("moments of 1, 2, 3, 10 by hand", () => {
    // Mean 4, deviations -3 -2 -1 6: squares add up to 50, cubes to 180; g1 = 45 / 12.5^1.5.
    const found = moments([1, 2, 3, 10]);
    expect(found.n).toBe(4);
    expect(found.mean).toBe(4);
    expect(found.variance).toBeCloseTo(50 / 3, 12);
    expect(found.std).toBeCloseTo(Math.sqrt(50 / 3), 12);
    expect(found.skewness).toBeCloseTo(45 / (12.5 * Math.sqrt(12.5)), 12);
  });

  it("moments reads typed arrays and leaves them alone", () => {
    const sample = Float64Array.of(3, 1, 2);
    expect(moments(sample).mean).toBe(2);
    expect([...sample]).toEqual([3, 1, 2]);
  });

  it("moments keeps the variance of small differences on a large offset", () => {
    // The textbook sum of squares gives 0 or worse here.
    expect(moments([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance).toBe(30);
  });

  it("moments corrects for a mean that is not a double", () => {
    const found = moments([1e16, 1e16 + 2]);
    expect(found.variance).toBeCloseTo(2, 12);
    expect(found.skewness).toBeCloseTo(0, 12);
  });

  it("moments keeps small terms of a sum beside large ones", () => {
    expect(moments([1e16, 1, -1e16, 1]).mean).toBe(0.5);
  });

  it("moments neither overflows nor underflows in std", () => {
    expect(moments([1e300, -1e300]).std / 1e300).toBeCloseTo(Math.SQRT2, 12);
    expect(moments([1e-300, -1e-300]).std / 1e-300).toBeCloseTo(Math.SQRT2, 12);
  });

  it("moments of equal values has variance exactly 0", () => {
    // Chosen so that the rounded sum of 49 equal values divided by 49 is not the value.
    const found = moments(Array.from({ length: 49 }, () => 0.1));
    expect(found).toEqual({ n: 49, mean: 0.1, variance: 0, std: 0, skewness: NaN });
  });

  it("moments of fewer than two values has no variance", () => {
    expect(moments([])).toEqual({ n: 0, mean: NaN, variance: NaN, std: NaN, skewness: NaN });
    expect(moments([5])).toEqual({ n: 1, mean: 5, variance: NaN, std: NaN, skewness: NaN });
  });

  it("moments lets NaN and infinite values show", () => {
    expect(moments([1, NaN, 2])).toEqual({ n: 3, mean: NaN, variance: NaN, std: NaN, skewness: NaN });
    expect(moments([1, Infinity, 2])).toEqual({ n: 3, mean: Infinity, variance: NaN, std: NaN, skewness: NaN });
    expect(moments([-Infinity, Infinity]).mean).toBeNaN();
  });
});
