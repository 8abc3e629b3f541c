import { describe, expect, it } from "vitest";
import { bucketHigh, bucketLow, SMALLEST_VALUE } from "../src/index.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { NumberWriter } from "../src/platform/number-writer.js";
import { RecordedValues } from "../src/measures/recorded-values.js";
import { END_OF_BUCKETS, Histogram } from "../src/record/histogram.js";
import { ValueRecorder } from "../src/record/value-recorder.js";

/** What a histogram of the values saves. */
function savedOf(values: readonly number[]): readonly number[] {
  const histogram = new Histogram(7);
  for (const one of values) histogram.add(one, 7);
  const writer = new NumberWriter();
  histogram.save(writer);
  return [...writer.values.subarray(0, writer.length)];
}

function recordedOf(values: readonly number[], bits = 7): RecordedValues {
  const recorder = new ValueRecorder(bits);
  for (const one of values) recorder.add(one);
  const writer = new NumberWriter();
  recorder.save(writer);
  return RecordedValues.read(new NumberReader(writer.values));
}

function indicesOf(values: readonly number[]): readonly number[] {
  return [...recordedOf(values).buckets().indices];
}

describe("Histogram", () => {
  it("Histogram.save by hand", () => {
    // 1 = 2^-30 x 2^30, so it opens doubling 30: index 1 + 30 x 128 = 3841. 1.5 lies half-way, 64 buckets on.
    expect(savedOf([1.5, 0, 1, 1])).toEqual([7, 0, 1.5, 0, 1, 3841, 2, 3905, 1, END_OF_BUCKETS]);
    expect(savedOf([])).toEqual([7, Number.POSITIVE_INFINITY, -1, END_OF_BUCKETS]);
  });

  it("Histogram.add puts a bound into the bucket above it", () => {
    expect(indicesOf([SMALLEST_VALUE])).toEqual([1]);
    expect(indicesOf([1 + 1 / 128])).toEqual([3842]);
    expect(indicesOf([2])).toEqual([3841 + 128]);
  });

  it("Histogram.add counts what is out of range in the outermost buckets", () => {
    const { indices, counts } = recordedOf([0, 1e-300, 2 ** 20, 1e9, Number.POSITIVE_INFINITY]).buckets();
    expect([...indices]).toEqual([0, 50 * 128]);
    expect([...counts]).toEqual([2, 3]);
  });
});

describe("RecordedValues", () => {
  it("RecordedValues.buckets by hand", () => {
    const { indices, counts } = recordedOf([1.5, 0, 1, 1]).buckets();
    expect([...indices]).toEqual([0, 3841, 3905]);
    expect([...counts]).toEqual([1, 2, 1]);
    expect([bucketLow(3841), bucketHigh(3841)]).toEqual([1, 1 + 1 / 128]);
    expect([bucketLow(0), bucketHigh(0)]).toEqual([0, SMALLEST_VALUE]);
    expect([bucketLow(1), bucketHigh(1)]).toEqual([SMALLEST_VALUE, SMALLEST_VALUE * (1 + 1 / 128)]);
  });

  it("RecordedValues.buckets adds up the finer buckets of a finer histogram", () => {
    // With 10 bits eight buckets make one of the exchange form: both ends of [1, 1 + 1/128), and the start of the next.
    const { indices, counts } = recordedOf([1, 1 + 7 / 1024, 1 + 8 / 1024], 10).buckets();
    expect([...indices]).toEqual([3841, 3842]);
    expect([...counts]).toEqual([2, 1]);
  });

  it("RecordedValues is not a number without values, and its histogram is empty", () => {
    const values = recordedOf([]);
    expect(values.count).toBe(0);
    for (const read of [values.mean, values.std, values.smallest, values.largest, values.quantile(0.5)])
      expect(read).toBeNaN();
    expect(values.buckets()).toEqual({ indices: new Int32Array(0), counts: new Float64Array(0) });
  });

  it("RecordedValues.quantile spreads the values of a bucket evenly", () => {
    // Four values in [1, 1 + 1/128): at 1/8, 3/8, 5/8 and 7/8 of it. The median lies between the second and the third.
    const values = recordedOf([1, 1.002, 1.004, 1.0075]);
    expect(values.quantile(0)).toBe(1 + 1 / 1024);
    expect(values.quantile(0.5)).toBe(1 + 4 / 1024);
    expect(values.quantile(1)).toBe(1 + 7 / 1024);
  });

  it("RecordedValues.quantile interpolates between values that lie far apart", () => {
    // One value a bucket stands in its middle: 1 + 1/256 and 3 + 1/128. From there 0.25, 0.5 and 0.75 of the way.
    const [low, high] = [1 + 1 / 256, 3 + 1 / 128];
    const values = recordedOf([1, 3]);
    for (const share of [0.25, 0.5, 0.75]) expect(values.quantile(share)).toBe(low + share * (high - low));
    // Type 7: the first quartile of 1, 3, 5 lies half-way from 1 to 3, within a bucket's width.
    expect(recordedOf([1, 3, 5]).quantile(0.25)).toBeCloseTo(2, 1);
    expect(recordedOf([1, 3, 5]).quantile(0.9)).toBeCloseTo(4.6, 1);
    // Three in [1, 1 + 1/128), the last at 5/6 of it, and two from 3, the first at 1/4 of [3, 3 + 1/64).
    const last = 1 + 5 / 6 / 128;
    expect(recordedOf([1, 1.001, 1.002, 3, 3.01]).quantile(0.625)).toBeCloseTo((last + 3 + 1 / 256) / 2, 9);
  });
});
