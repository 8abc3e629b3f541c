import { describe, expect, it } from "vitest";
import { meanInterval, overlappingBatchMeans, studentTQuantile } from "../src/index.js";

const confidence = 0.95;
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe("overlappingBatchMeans", () => {
  it("overlappingBatchMeans of 1, 2, 3, 4 in pairs by hand", () => {
    // Batch means 1.5, 2.5, 3.5: 2 * (1 + 0 + 1) / (3 * 2) = 2/3; 1.5 (4 / 2 - 1) = 1.5 degrees.
    const found = overlappingBatchMeans([1, 2, 3, 4], { batch: 2, confidence });
    const reach = studentTQuantile({ probability: 0.975, degrees: 1.5 }) * Math.sqrt(2 / 3);
    expect(found.std_error).toBeCloseTo(Math.sqrt(2 / 3), 12);
    expect(found.ci_low).toBeCloseTo(2.5 - reach, 10);
    expect(found.ci_high).toBeCloseTo(2.5 + reach, 10);
    expect(found).toMatchObject({ estimand: "mean", estimate: 2.5, method: "overlapping_batch_means", confidence });
    expect(found).toMatchObject({ n: 4, n_failed: 0, flags: [] });
  });

  it("overlappingBatchMeans of single values has the standard error of independent ones", () => {
    const { std_error } = overlappingBatchMeans([3, 1, 4, 1, 5], { batch: 1, confidence });
    expect(std_error).toBeCloseTo(meanInterval([3, 1, 4, 1, 5], { confidence }).std_error, 12);
  });

  it.each([
    [1000, 50],
    [999, 49],
    [200, 10],
    [100, 10],
  ])("overlappingBatchMeans of %d values takes batches of %d by itself", (n, batch) => {
    const series = upTo(n).map((x) => (x * x) % 17);
    expect(overlappingBatchMeans(series, { confidence })).toEqual(overlappingBatchMeans(series, { batch, confidence }));
  });

  it("overlappingBatchMeans of fewer than two batches has no interval", () => {
    const nothing = { std_error: NaN, ci_low: NaN, ci_high: NaN };
    const few = overlappingBatchMeans([1, 2, 3], { batch: 2, confidence });
    expect(few).toMatchObject({ ...nothing, estimate: 2, flags: ["not_estimable_needs_4"] });
    expect(overlappingBatchMeans(upTo(19), { confidence }).flags).toEqual(["not_estimable_needs_20"]);
    const none = overlappingBatchMeans([NaN], { confidence });
    expect(none).toMatchObject({ ...nothing, estimate: NaN, n: 0, n_failed: 1 });
    expect(none.flags).toEqual(["undefined_values", "no_values"]);
  });

  it("overlappingBatchMeans leaves out undefined values and counts them", () => {
    const { std_error } = overlappingBatchMeans([1, 2, 3, 4], { batch: 2, confidence });
    const found = overlappingBatchMeans([1, NaN, 2, 3, NaN, 4], { batch: 2, confidence });
    expect(found).toMatchObject({ std_error, n: 4, n_failed: 2, flags: ["undefined_values"] });
  });

  it("overlappingBatchMeans of equal values is a flagged point", () => {
    const found = overlappingBatchMeans([0.1, 0.1, 0.1, 0.1], { batch: 2, confidence });
    expect(found).toMatchObject({ std_error: 0, ci_low: 0.1, ci_high: 0.1, flags: ["zero_variance"] });
  });

  it.each([[[1, Infinity, 2, 3]], [[-Infinity, Infinity, 1, 1]], [[1e308, -1e308, 1e308, -1e308]]])(
    "overlappingBatchMeans of %j bounds neither side",
    (series) => {
      const found = overlappingBatchMeans(series, { batch: 1, confidence });
      expect(found).toMatchObject({ std_error: NaN, ci_low: -Infinity, ci_high: Infinity });
      expect(found.flags).toEqual(["infinite_values"]);
    },
  );

  it("overlappingBatchMeans refuses impossible options", () => {
    expect(() => overlappingBatchMeans([1], { confidence: 1 })).toThrow("confidence must be > 0 and < 1");
    expect(() => overlappingBatchMeans([1], { batch: 0, confidence })).toThrow(
      new RangeError("Cannot estimate mean of a run: batch must be >= 1: current value is 0"),
    );
    expect(() => overlappingBatchMeans([1], { batch: 1.5, confidence })).toThrow("batch must be an integer >= 0");
  });
});
