import type { HistogramBuckets } from "@loadstar/engine";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HistogramSum } from "../src/histogram-sum.js";

/** The bucket numbers of some values, each value a bucket number. */
const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 6000 })), { maxLength: 50 });

describe("HistogramSum", () => {
  test("HistogramSum of parts in any order equals one histogram of all values", () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (parts, chance) => {
        const shuffled = parts
          .map((part) => [chance.next().value as number, part] as const)
          .toSorted(([a], [b]) => a - b);
        const sum = new HistogramSum();
        for (const [, part] of shuffled) sum.add(counted(part));
        expect(sum.buckets()).toEqual(counted(parts.flat()));
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });

  test("HistogramSum of sums equals the sum: chunks may be summed before they are handed over", () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 8 }), fc.nat({ max: 8 }), (parts, cut) => {
        const whole = sumOf(parts.map(counted));
        const halves = [sumOf(parts.slice(0, cut).map(counted)), sumOf(parts.slice(cut).map(counted))];
        expect(sumOf(halves)).toEqual(whole);
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});

function sumOf(parts: readonly HistogramBuckets[]): HistogramBuckets {
  const sum = new HistogramSum();
  for (const part of parts) sum.add(part);
  return sum.buckets();
}

/** Counts by a map, which the class does without. */
function counted(numbers: readonly number[]): HistogramBuckets {
  const counts = new Map<number, number>();
  for (const index of numbers) counts.set(index, (counts.get(index) ?? 0) + 1);
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  return {
    indices: Int32Array.from(sorted, ([index]) => index),
    counts: Float64Array.from(sorted, ([, count]) => count),
  };
}
