import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUCKETS_PER_DOUBLING, bucketHigh, bucketLow, SMALLEST_VALUE, type HistogramBuckets } from "../src/index.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { NumberWriter } from "../src/platform/number-writer.js";
import { RecordedValues } from "../src/measures/recorded-values.js";
import { END_OF_BUCKETS, Histogram } from "../src/record/histogram.js";
import { ValueRecorder } from "../src/record/value-recorder.js";

const runs = { seed: 20_261_121, numRuns: 150 };
/** From far below the smallest bucket to seconds and hours. */
const value = fc.oneof(
  fc.double({ min: 0, max: 1e-8, noNaN: true }),
  fc.double({ min: 1e-8, max: 1, noNaN: true }),
  fc.integer({ min: 1, max: 5000 }).map((ms) => ms / 1000),
  fc.double({ min: 1, max: 100_000, noNaN: true }),
);
const sample = fc.array(value, { minLength: 1, maxLength: 200 });
const bits = fc.integer({ min: 7, max: 12 });

function histogramOf(values: readonly number[], resolution: number): Histogram {
  const histogram = new Histogram(resolution);
  for (const one of values) histogram.add(one, resolution);
  return histogram;
}

function savedOf(histogram: Histogram): Float64Array {
  const writer = new NumberWriter();
  histogram.save(writer);
  return writer.values.slice(0, writer.length);
}

function recordedOf(values: readonly number[], resolution = 7): RecordedValues {
  const recorder = new ValueRecorder(resolution);
  for (const one of values) recorder.add(one);
  const writer = new NumberWriter();
  recorder.save(writer);
  return RecordedValues.read(new NumberReader(writer.values));
}

function bucketsOf(values: readonly number[], resolution = 7): HistogramBuckets {
  return recordedOf(values, resolution).buckets();
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
  it("Histogram.save writes the extremes, and counts of ascending buckets that add up", () => {
    const law = fc.property(sample, bits, (values, resolution) => {
      const [first, smallest, largest, ...rest] = savedOf(histogramOf(values, resolution));
      expect([first, smallest, largest]).toEqual([resolution, Math.min(...values), Math.max(...values)]);
      expect(rest.pop()).toBe(END_OF_BUCKETS);
      const indices = rest.filter((_, k) => k % 2 === 0);
      const counts = rest.filter((_, k) => k % 2 === 1);
      expect(indices).toEqual([...new Set(indices)].toSorted((a, b) => a - b));
      expect(counts.every((count) => count > 0)).toBe(true);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
    });
    fc.assert(law, runs);
  });

  it("Histogram.reset forgets everything", () => {
    const law = fc.property(sample, sample, bits, (before, after, resolution) => {
      const histogram = histogramOf(before, resolution);
      histogram.reset();
      expect(savedOf(histogram)).toEqual(savedOf(histogramOf([], resolution)));
      // A range over all buckets, so that a count that was left behind shows.
      const all = [...after, 0, 1e9];
      for (const one of all) histogram.add(one, resolution);
      expect(savedOf(histogram)).toEqual(savedOf(histogramOf(all, resolution)));
    });
    fc.assert(law, runs);
  });
});

describe("RecordedValues", () => {
  it("RecordedValues.quantile errs by one bucket at most", () => {
    const law = fc.property(sample, bits, fc.double({ min: 0, max: 1, noNaN: true }), (values, resolution, p) => {
      const exact = exactQuantile(values, p);
      const found = recordedOf(values, resolution).quantile(p);
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / (1 << resolution) + 2 * SMALLEST_VALUE);
    });
    fc.assert(law, runs);
  });

  it("RecordedValues.quantile ascends with p and stays within the extremes", () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    const law = fc.property(sample, bits, fraction, fraction, (values, resolution, one, other) => {
      const recorded = recordedOf(values, resolution);
      const low = recorded.quantile(Math.min(one, other));
      const high = recorded.quantile(Math.max(one, other));
      expect(low).toBeLessThanOrEqual(high);
      expect(low).toBeGreaterThanOrEqual(Math.min(...values));
      expect(high).toBeLessThanOrEqual(Math.max(...values));
    });
    fc.assert(law, runs);
  });

  it("RecordedValues.buckets contain their values", () => {
    const law = fc.property(value, bits, (one, resolution) => {
      const { indices, counts } = bucketsOf([one], resolution);
      expect([...counts]).toEqual([1]);
      expect(bucketLow(indices[0]!)).toBeLessThanOrEqual(one);
      expect(bucketHigh(indices[0]!)).toBeGreaterThan(one);
    });
    fc.assert(law, { ...runs, numRuns: 500 });
  });

  it("RecordedValues.buckets ascend, are not empty, and hold every value", () => {
    const law = fc.property(sample, bits, (values, resolution) => {
      const { indices, counts } = bucketsOf(values, resolution);
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

  it("RecordedValues.buckets do not depend on the resolution", () => {
    const law = fc.property(sample, bits, (values, resolution) => {
      expect(bucketsOf(values, resolution)).toEqual(bucketsOf(values));
    });
    fc.assert(law, runs);
  });

  it("RecordedValues.buckets of two samples merge to those of both together", () => {
    const law = fc.property(sample, sample, bits, (one, other, resolution) => {
      const together = bucketsOf([...one, ...other], resolution);
      const parts = merged(bucketsOf(one, resolution), bucketsOf(other, 7));
      expect([...parts].toSorted((a, b) => a[0] - b[0])).toEqual(
        [...together.indices].map((index, k) => [index, together.counts[k]]),
      );
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
