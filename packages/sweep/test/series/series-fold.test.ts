import { namedUniforms } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { SeriesFold } from "../../src/series/series-fold.js";
import { PATHS_KEPT } from "../../src/series/series-layout.js";

const NONE = Number.NaN;

/** Not asked below a hundred replications. */
const random = (): number => 0.5;

describe("SeriesFold", () => {
  test("SeriesFold of paths worked out by hand", () => {
    const fold = new SeriesFold(2);
    const paths = [Float64Array.of(1, 10), Float64Array.of(2, 10), Float64Array.of(6, 10)];
    for (const [replication, path] of paths.entries()) fold.add(replication, path);
    const { mean, band_low, band_high, p05, p50, p95 } = fold.statistics({ confidence: 0.9, random });
    expect(Array.from(mean)).toEqual([3, 10]);
    // Variance 7; t of 2 degrees has the quantile (2 p - 1) / sqrt(2 p (1 - p)), at p = 1 - 0.1 / (2 x 2 cells) = 0.975.
    const half = (0.95 / Math.sqrt(2 * 0.975 * 0.025)) * Math.sqrt(7 / 3);
    expect(band_low[0]).toBeCloseTo(3 - half, 12);
    expect(band_high[0]).toBeCloseTo(3 + half, 12);
    expect([band_low[1], band_high[1]]).toEqual([10, 10]);
    expect(p05[0]).toBeCloseTo(1.1, 12);
    expect(p50[0]).toBe(2);
    expect(p95[0]).toBeCloseTo(5.6, 12);
  });

  test("SeriesFold leaves NaN out cell by cell: the count of each cell is its own", () => {
    const fold = new SeriesFold(3);
    fold.add(0, Float64Array.of(1, NONE, NONE));
    fold.add(1, Float64Array.of(3, 5, NONE));
    const { mean, band_low, band_high, p05, p50, p95 } = fold.statistics({ confidence: 0.95, random });
    expect(Array.from(mean)).toEqual([2, 5, NONE]);
    expect(band_low[0]).toBeLessThan(2);
    expect(band_high[0]).toBeGreaterThan(2);
    expect([band_low[1], band_high[1]]).toEqual([NONE, NONE]);
    expect([p05[1], p50[1], p95[1]]).toEqual([5, 5, 5]);
    expect([band_low[2], band_high[2], p05[2], p50[2], p95[2]]).toEqual([NONE, NONE, NONE, NONE, NONE]);
  });

  test("SeriesFold of one replication has means and percentiles, and no band", () => {
    const fold = new SeriesFold(1);
    fold.add(0, Float64Array.of(7));
    const { mean, band_low, band_high, p05, p50, p95 } = fold.statistics({ confidence: 0.95, random });
    expect([mean[0], p05[0], p50[0], p95[0]]).toEqual([7, 7, 7, 7]);
    expect([band_low[0], band_high[0]]).toEqual([NONE, NONE]);
  });

  test("SeriesFold of nothing is NaN, and of no cells is empty", () => {
    expect(Array.from(new SeriesFold(1).statistics({ confidence: 0.95, random }).mean)).toEqual([NONE]);
    expect(new SeriesFold(0).statistics({ confidence: 0.95, random }).mean).toHaveLength(0);
  });

  test("SeriesFold takes percentiles from the kept paths, means from all", () => {
    const fold = new SeriesFold(1);
    for (let k = 0; k < 2 * PATHS_KEPT; k++) fold.add(k, Float64Array.of(k < PATHS_KEPT ? 1 : 3));
    const { mean, p95 } = fold.statistics({ confidence: 0.95, random });
    expect(mean[0]).toBeCloseTo(2, 12);
    expect(p95[0]).toBe(1);
  });

  test("SeriesFold has no percentiles of a cell in which only paths that are not kept have a value", () => {
    const fold = new SeriesFold(1);
    for (let k = 0; k <= PATHS_KEPT; k++) fold.add(k, Float64Array.of(k < PATHS_KEPT ? NONE : 3));
    const { mean, p50 } = fold.statistics({ confidence: 0.95, random });
    expect([mean[0], p50[0]]).toEqual([3, NONE]);
  });

  test("SeriesFold takes a path from its place among others", () => {
    const fold = new SeriesFold(2);
    fold.add(0, Float64Array.of(9, 9, 1, 2, 9), 2);
    fold.add(1, Float64Array.of(3, 4, 9), 0);
    expect(Array.from(fold.statistics({ confidence: 0.95, random }).mean)).toEqual([2, 3]);
  });

  test("SeriesFold knows percentiles of values too small for their squares", () => {
    const fold = new SeriesFold(1);
    for (let k = 0; k < 3; k++) fold.add(k, Float64Array.of((k + 1) * 1e-200));
    expect(fold.statistics({ confidence: 0.95, random }).p50[0]).toBe(2e-200);
  });

  test("SeriesFold leaves replications without a path out", () => {
    const fold = new SeriesFold(1);
    for (let k = 0; k < 100; k++) fold.add(k, k % 2 === 0 ? Float64Array.of(5) : undefined);
    expect(fold.statistics({ confidence: 0.95, random }).mean[0]).toBe(5);
  });

  test("SeriesFold follows with its band how the cells depend on each other, from a hundred replications on", () => {
    const widthOf = (n: number, path: (value: number) => Float64Array): number => {
      const draw = namedUniforms({ component: "", purpose: "test", seed: 1, replication: 0 });
      const fold = new SeriesFold(60);
      for (let k = 0; k < n; k++) fold.add(k, path(draw()));
      const { mean, band_high } = fold.statistics({ confidence: 0.95, random: draw });
      return (band_high[0]! - mean[0]!) / (Math.sqrt(1 / 12) / Math.sqrt(n));
    };
    const equal = (value: number): Float64Array => new Float64Array(60).fill(value);
    // Sixty equal cells are one: 1.98 standard errors; Bonferroni takes them for sixty: 3.5.
    expect(widthOf(100, equal)).toBeGreaterThan(1.7);
    expect(widthOf(100, equal)).toBeLessThan(2.3);
    expect(widthOf(99, equal)).toBeGreaterThan(3);
  });
});
