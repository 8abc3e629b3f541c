import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUCKETS_PER_DOUBLING, bucketHigh, bucketLow, SMALLEST_VALUE, type HistogramBuckets } from "../src/index.js";
import { Histogram } from "../src/record/histogram.js";

const runs = { seed: 20_261_121, numRuns: 300 };
/** From far below the smallest bucket to seconds and hours. */
const value = fc.oneof(
  fc.double({ min: 0, max: 1e-8, noNaN: true }),
  fc.double({ min: 1e-8, max: 1, noNaN: true }),
  fc.integer({ min: 1, max: 5000 }).map((ms) => ms / 1000),
  fc.double({ min: 1, max: 100_000, noNaN: true }),
);
const sample = fc.array(value, { minLength: 1, maxLength: 200 });
const bits = fc.integer({ min: 7, max: 12 });

function histogramOf(values: readonly number[], resolution = 7): Histogram {
  const histogram = new Histogram(resolution);
  for (const one of values) histogram.add(one);
  return histogram;
}

function merged(one: HistogramBuckets, other: HistogramBuckets): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { indices, counts: added } of [one, other])
    for (const [k, index] of indices.entries()) counts.set(index, (counts.get(index) ?? 0) + added[k]!);
  return counts;
}

/** Type 7 of Hyndman and Fan (1996), from its definition. */
function exactQuantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  return low + (position - below) * ((sorted[below + 1] ?? low) - low);
}

describe("Histogram", () => {
  it("Histogram.quantile errs by one bucket at most", () => {
    const law = fc.property(sample, bits, fc.double({ min: 0, max: 1, noNaN: true }), (values, resolution, p) => {
      const exact = exactQuantile(values, p);
      const found = histogramOf(values, resolution).quantile(p, values.length);
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / (1 << resolution) + 2 * SMALLEST_VALUE);
    });
    fc.assert(law, runs);
  });

  it("Histogram.quantile ascends with p and stays within half a bucket of the extremes", () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    const law = fc.property(sample, fraction, fraction, (values, one, other) => {
      const histogram = histogramOf(values);
      const low = histogram.quantile(Math.min(one, other), values.length);
      const high = histogram.quantile(Math.max(one, other), values.length);
      expect(low).toBeLessThanOrEqual(high);
      expect(low).toBeGreaterThanOrEqual(Math.min(...values) * (1 - 1 / 128) - SMALLEST_VALUE);
      expect(high).toBeLessThanOrEqual(Math.max(...values) * (1 + 1 / 128) + SMALLEST_VALUE);
    });
    fc.assert(law, runs);
  });

  it("Histogram.buckets contain their values", () => {
    const law = fc.property(value, bits, (one, resolution) => {
      const { indices, counts } = histogramOf([one], resolution).buckets();
      expect([...counts]).toEqual([1]);
      expect(bucketLow(indices[0]!)).toBeLessThanOrEqual(one);
      expect(bucketHigh(indices[0]!)).toBeGreaterThan(one);
    });
    fc.assert(law, { ...runs, numRuns: 2000 });
  });

  it("Histogram.buckets ascend, are not empty, and hold every value", () => {
    const law = fc.property(sample, bits, (values, resolution) => {
      const { indices, counts } = histogramOf(values, resolution).buckets();
      expect([...indices]).toEqual([...new Set(indices)].toSorted((a, b) => a - b));
      expect(counts.every((count) => count > 0)).toBe(true);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      for (const [k, index] of indices.entries()) {
        const inside = values.filter((one) => one >= bucketLow(index) && one < bucketHigh(index));
        expect(counts[k]).toBe(inside.length);
      }
    });
    fc.assert(law, runs);
  });

  it("Histogram.buckets do not depend on the resolution", () => {
    const law = fc.property(sample, bits, (values, resolution) => {
      expect(histogramOf(values, resolution).buckets()).toEqual(histogramOf(values).buckets());
    });
    fc.assert(law, runs);
  });

  it("Histogram.buckets of two samples merge to those of both together", () => {
    const law = fc.property(sample, sample, bits, (one, other, resolution) => {
      const together = histogramOf([...one, ...other], resolution).buckets();
      const parts = merged(histogramOf(one, resolution).buckets(), histogramOf(other, 7).buckets());
      expect([...parts].toSorted((a, b) => a[0] - b[0])).toEqual(
        [...together.indices].map((index, k) => [index, together.counts[k]]),
      );
    });
    fc.assert(law, runs);
  });

  it("Histogram.reset forgets everything", () => {
    const law = fc.property(sample, sample, (before, after) => {
      const histogram = histogramOf(before);
      histogram.reset();
      expect(histogram.quantile(0.5, 0)).toBeNaN();
      expect(histogram.buckets().indices.length).toBe(0);
      for (const one of after) histogram.add(one);
      expect(histogram.buckets()).toEqual(histogramOf(after).buckets());
    });
    fc.assert(law, runs);
  });
});

describe("bucketLow", () => {
  it("bucketLow begins where the bucket before ends", () => {
    for (let index = 1; index < 6000; index++) expect(bucketLow(index)).toBe(bucketHigh(index - 1));
  });

  it("bucketLow leaves no bucket wider than 1/128 of it", () => {
    for (let index = 1; index < 6000; index++) {
      const low = bucketLow(index);
      expect(bucketHigh(index)).toBeGreaterThan(low);
      expect((bucketHigh(index) - low) / low).toBeLessThanOrEqual(1 / BUCKETS_PER_DOUBLING);
    }
  });
});
