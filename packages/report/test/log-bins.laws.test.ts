import { bucketHigh, bucketLow } from "@loadstar/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logBins } from "../src/histogram/log-bins.js";
import { bucketsOf } from "./fixtures/sample-run.js";

describe("logBins", () => {
  test("logBins makes bins of equal ratio from the first value to the last", () => {
    // 128 buckets a doubling: three doublings, one value at the beginning of each and one at the end.
    const { bounds, counts, outside } = logBins(bucketsOf({ 1281: 1, 1409: 2, 1537: 3, 1664: 4 }), { bins: 3 });
    expect(bounds[0]).toBeCloseTo(bucketLow(1281), 20);
    expect(bounds[1]! / bounds[0]!).toBeCloseTo(2, 9);
    expect(bounds.at(-1)).toBeCloseTo(bucketHigh(1664), 20);
    expect([...counts]).toEqual([1, 2, 7]);
    expect(outside).toBe(0);
  });

  test("logBins makes no bin narrower than a bucket", () => {
    expect([...logBins(bucketsOf({ 1500: 5 }), { bins: 40 }).counts]).toEqual([5]);
    expect(logBins(bucketsOf({ 1500: 5, 1502: 1 }), { bins: 40 }).counts).toHaveLength(3);
  });

  test("logBins loses no value, and leaves out at most 0.2 % of them", () => {
    const counts = fc.dictionary(fc.integer({ min: 1, max: 4000 }).map(String), fc.integer({ min: 1, max: 1000 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 60 }), (byIndex, bins) => {
        const buckets = bucketsOf(byIndex as Record<number, number>);
        const total = buckets.counts.reduce((sum, count) => sum + count, 0);
        const { counts: found, outside, bounds } = logBins(buckets, { bins });
        expect(found.reduce((sum, count) => sum + count, outside)).toBe(total);
        expect(outside).toBeLessThanOrEqual(0.002 * total);
        expect(bounds).toHaveLength(found.length + 1);
      }),
      { numRuns: 300 },
    );
  });
});
