import { describe, expect, it } from "vitest";
import { bucketHigh, bucketLow, SMALLEST_VALUE } from "../src/index.js";
import { Histogram } from "../src/record/histogram.js";

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram(7);
  for (const one of values) histogram.add(one);
  return histogram;
}

describe("Histogram", () => {
  it("Histogram.buckets by hand", () => {
    // 1 = 2^-30 x 2^30, so it opens doubling 30: index 1 + 30 x 128 = 3841. 1.5 lies half-way, 64 buckets on.
    const { indices, counts } = histogramOf([1.5, 0, 1, 1]).buckets();
    expect([...indices]).toEqual([0, 3841, 3905]);
    expect([...counts]).toEqual([1, 2, 1]);
    expect([bucketLow(3841), bucketHigh(3841)]).toEqual([1, 1 + 1 / 128]);
    expect([bucketLow(0), bucketHigh(0)]).toEqual([0, SMALLEST_VALUE]);
    expect([bucketLow(1), bucketHigh(1)]).toEqual([SMALLEST_VALUE, SMALLEST_VALUE * (1 + 1 / 128)]);
  });

  it("Histogram.add puts a bound into the bucket above it", () => {
    expect([...histogramOf([SMALLEST_VALUE]).buckets().indices]).toEqual([1]);
    expect([...histogramOf([1 + 1 / 128]).buckets().indices]).toEqual([3842]);
    expect([...histogramOf([2]).buckets().indices]).toEqual([3841 + 128]);
  });

  it("Histogram.add counts what is out of range in the outermost buckets", () => {
    const { indices, counts } = histogramOf([-1, 1e-300, 2 ** 20, 1e9, Number.POSITIVE_INFINITY]).buckets();
    expect([...indices]).toEqual([0, 50 * 128]);
    expect([...counts]).toEqual([2, 3]);
  });

  it("Histogram.quantile spreads the values of a bucket evenly", () => {
    // Four values in [1, 1 + 1/128): at 1/8, 3/8, 5/8 and 7/8 of it. The median lies between the second and the third.
    const histogram = histogramOf([1, 1.001, 1.002, 1.003]);
    expect(histogram.quantile(0, 4)).toBe(1 + 1 / 1024);
    expect(histogram.quantile(0.5, 4)).toBe(1 + 4 / 1024);
    expect(histogram.quantile(1, 4)).toBe(1 + 7 / 1024);
  });

  it("Histogram.quantile interpolates between values that lie far apart", () => {
    // Type 7: the median of 1 and 3 is 2, the quartile of 1, 3, 5 half-way from 1 to 3, within a bucket's width.
    expect(histogramOf([1, 3]).quantile(0.5, 2)).toBeCloseTo(2, 1);
    expect(histogramOf([1, 3, 5]).quantile(0.25, 3)).toBeCloseTo(2, 1);
    expect(histogramOf([1, 3, 5]).quantile(0.9, 3)).toBeCloseTo(4.6, 1);
  });
});
