import { describe, expect, it } from "vitest";
import { meanInterval } from "../src/index.js";

const confidence = 0.95;

describe("meanInterval", () => {
  it("meanInterval of 1, 2, 3 by hand", () => {
    // Mean 2, std 1, t with 2 degrees 4.302653: half-width 4.302653 / sqrt(3) = 2.484138.
    const found = meanInterval([1, 2, 3], { confidence });
    expect(found.ci_low).toBeCloseTo(2 - 2.484138, 6);
    expect(found.ci_high).toBeCloseTo(2 + 2.484138, 6);
    expect(found.std_error).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(found).toMatchObject({ estimand: "mean", estimate: 2, method: "student_t", n: 3, n_failed: 0, flags: [] });
    expect(found.confidence).toBe(confidence);
  });

  it("meanInterval of 1, 2, 3, 10 corrects the skewness", () => {
    // m = 4, s = 4.0824829, g1 = 1.0182338 > 0.1 sqrt(4); q = 3.1824463 / 2 = 1.5912232, g1 / 24 = 0.0424264;
    // W(q) = 2.9462783 (cbrt(1 + 1.5770370) - 1) = 1.0930950, W(-q) = 2.9462783 (cbrt(1 - 1.6634373) - 1) = -5.5159266.
    const found = meanInterval([1, 2, 3, 10], { confidence });
    expect(found.method).toBe("hall");
    expect(found.ci_low).toBeCloseTo(-0.4625417, 6);
    expect(found.ci_high).toBeCloseTo(26.5186759, 6);
  });

  it("meanInterval mirrors a sample that is mirrored", () => {
    const found = meanInterval([1, 2, 3, 10], { confidence });
    const mirrored = meanInterval([-1, -2, -3, -10], { confidence });
    expect(mirrored.ci_low).toBeCloseTo(-found.ci_high, 12);
    expect(mirrored.ci_high).toBeCloseTo(-found.ci_low, 12);
  });

  it("meanInterval leaves out undefined values and counts them", () => {
    const found = meanInterval([1, NaN, 2, 3, NaN], { confidence, n_failed: 4 });
    const { n_failed, flags, ...rest } = meanInterval([1, 2, 3], { confidence });
    expect(found).toEqual({ ...rest, n_failed: n_failed + 6, flags: [...flags, "undefined_values"] });
  });

  it("meanInterval of no value is not a number", () => {
    const found = meanInterval([], { confidence, n_failed: 3 });
    expect(found).toMatchObject({ estimate: NaN, std_error: NaN, ci_low: NaN, ci_high: NaN, n: 0, n_failed: 3 });
    expect(found.flags).toEqual(["no_values"]);
    expect(meanInterval([NaN], { confidence }).flags).toEqual(["undefined_values", "no_values"]);
  });

  it("meanInterval of one value has no interval", () => {
    const found = meanInterval([7], { confidence });
    expect(found).toMatchObject({ estimate: 7, std_error: NaN, ci_low: NaN, ci_high: NaN, n: 1 });
    expect(found.flags).toEqual(["not_estimable_needs_2"]);
  });

  it("meanInterval of equal values is a flagged point", () => {
    const found = meanInterval([0.1, 0.1, 0.1], { confidence });
    expect(found).toMatchObject({ estimate: 0.1, std_error: 0, ci_low: 0.1, ci_high: 0.1 });
    expect(found.flags).toEqual(["zero_variance"]);
  });

  it.each([
    [[1, Infinity], Infinity],
    [[-Infinity, 5, 5], -Infinity],
    [[-Infinity, Infinity], NaN],
    [[Infinity], Infinity],
    [[1.7e308, 1.7e308, 1.6e308], Infinity],
    [[-1.5e308, 1.5e308, 1.5e308], 5e307],
  ])("meanInterval of %j bounds neither side", (sample, estimate) => {
    const found = meanInterval(sample, { confidence });
    expect(found).toMatchObject({ estimate, std_error: NaN, ci_low: -Infinity, ci_high: Infinity });
    expect(found.flags).toEqual(["infinite_values"]);
  });

  it.each([
    [30, "student_t"],
    [25, "hall"],
    [70, "student_t"],
    [75, "hall"],
  ])("meanInterval of %i ones among 100 values, the rest zeros, is made by %s", (ones, method) => {
    // Of a share p of ones g1 is (1 - 2 p) / sqrt(p (1 - p)): 0.87 and 1.15, and the limit is 0.1 sqrt(100).
    const sample = Array.from({ length: 100 }, (_, k) => (k < ones ? 1 : 0));
    expect(meanInterval(sample, { confidence }).method).toBe(method);
  });

  it("meanInterval refuses impossible options", () => {
    expect(() => meanInterval([1, 2], { confidence: 1 })).toThrow(
      new RangeError("Cannot estimate mean: confidence must be > 0 and < 1: current value is 1"),
    );
    expect(() => meanInterval([1, 2], { confidence: NaN })).toThrow("current value is NaN");
    expect(() => meanInterval([1, 2], { confidence, n_failed: -1 })).toThrow(
      new RangeError("Cannot estimate mean: n_failed must be an integer >= 0: current value is -1"),
    );
  });
});
