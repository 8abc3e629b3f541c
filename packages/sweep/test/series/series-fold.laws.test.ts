import { studentTQuantile } from "@loadstar/stats";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SeriesFold } from "../../src/series/series-fold.js";

const CELLS = 4;

/** Not asked below a hundred replications. */
const random = (): number => 0.5;

describe("SeriesFold", () => {
  test("SeriesFold equals the formulas over all values at once, NaN cells included", () => {
    const value = fc.oneof(
      { weight: 4, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
      { weight: 2, arbitrary: fc.constantFrom(0, 1) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    // The last cell is mostly the same number, as cells of short runs are.
    const rare = fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: value });
    const path = fc.tuple(...Array.from({ length: CELLS - 1 }, () => value), rare);
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 100 }), (paths) => {
        const fold = new SeriesFold(CELLS);
        for (const [replication, row] of paths.entries()) fold.add(replication, Float64Array.from(row));
        const found = fold.statistics({ confidence: 0.95, random });
        for (let cell = 0; cell < CELLS; cell++) {
          const expected = naive(paths.map((row) => row[cell]!).filter((it) => !Number.isNaN(it)));
          for (const [name, wanted] of Object.entries(expected)) {
            expect(near(found[name as keyof typeof expected][cell]!, wanted), `${name} of cell ${cell}`).toBe(true);
          }
        }
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});

/** Two passes, and percentiles between order statistics around 1 + (n - 1) p. */
function naive(
  values: readonly number[],
): Readonly<Record<"mean" | "band_low" | "band_high" | "p05" | "p50" | "p95", number>> {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1);
  const reach = n < 2 ? Number.NaN : -studentTQuantile({ probability: 0.05 / (2 * CELLS), degrees: n - 1 });
  const half = reach * Math.sqrt(variance / n);
  const sorted = values.toSorted((a, b) => a - b);
  const percentile = (p: number): number => {
    const position = (n - 1) * p;
    const low = sorted[Math.floor(position)] ?? Number.NaN;
    const high = sorted[Math.ceil(position)] ?? Number.NaN;
    return low + (high - low) * (position - Math.floor(position));
  };
  return {
    mean,
    band_low: mean - half,
    band_high: mean + half,
    p05: percentile(0.05),
    p50: percentile(0.5),
    p95: percentile(0.95),
  };
}

/** Equal but for rounding at the size of the data. */
function near(found: number, expected: number): boolean {
  if (Number.isNaN(expected)) return Number.isNaN(found);
  return Math.abs(found - expected) <= 1e-8 * Math.max(1, Math.abs(expected), 1e6);
}
