import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exceedanceColumns } from "../src/report/exceedance-columns.js";

describe("exceedanceColumns", () => {
  test("exceedanceColumns of five values, two of them equal", () => {
    const { value, exceedance, low, high } = exceedanceColumns(Float64Array.of(3, 1, 2, 2, Number.NaN, 9), {
      confidence: 0.95,
    });
    // sqrt(ln(2 / 0.05) / (2 * 5)) = sqrt(0.3688879...)
    const reach = 0.6073615;
    expect([...value]).toEqual([1, 2, 3, 9]);
    expect([...exceedance]).toEqual([0.8, 0.4, 0.2, 0]);
    expect(low[0]).toBeCloseTo(0.8 - reach, 6);
    expect([...low].slice(1)).toEqual([0, 0, 0]);
    expect(high[0]).toBe(1);
    expect(high[3]).toBeCloseTo(reach, 6);
  });

  test("exceedanceColumns of no values is empty", () => {
    expect(exceedanceColumns(Float64Array.of(Number.NaN), { confidence: 0.95 }).value).toHaveLength(0);
  });

  test("exceedanceColumns counts what is above each value, falls, and stays within its band", () => {
    const sample = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double()), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sample, (numbers) => {
        const columns = exceedanceColumns(Float64Array.from(numbers), { confidence: 0.9 });
        const defined = numbers.filter((number) => !Number.isNaN(number));
        for (const [row, value] of columns.value.entries()) {
          const share = columns.exceedance[row]!;
          expect(share).toBe(defined.filter((number) => number > value).length / defined.length);
          expect(columns.low[row]).toBeLessThanOrEqual(share);
          expect(columns.high[row]).toBeGreaterThanOrEqual(share);
          if (row > 0) expect(share).toBeLessThan(columns.exceedance[row - 1]!);
        }
      }),
      { numRuns: 300 },
    );
  });
});
