import { describe, expect, it } from "vitest";
import { controlVariateMean, studentTQuantile } from "../src/index.js";

const confidence = 0.95;

describe("controlVariateMean", () => {
  it("controlVariateMean of four pairs by hand", () => {
    // Controls 1, 2, 3, 4 around 2.5: squares 5; products (-1.5)(-3) + (-0.5)(1) + (0.5)(-1) + (1.5)(3) = 8: slope 1.6.
    // Residuals -0.6, 1.8, -1.8, 0.6: squares 7.2, S^2 = 3.6. At a true mean of 3: 5 + 1.6 * 0.5 = 5.8 and
    // 3.6 (1/4 + 0.25 / 5) = 1.08. The plain mean has variance (20 / 3) / 4 = 5/3.
    const control = [1, 2, 3, 4];
    const found = controlVariateMean([2, 6, 4, 8], { control, control_mean: 3, confidence });
    const reach = studentTQuantile({ probability: 0.975, degrees: 2 }) * Math.sqrt(1.08);
    expect(found.estimate).toBeCloseTo(5.8, 12);
    expect(found.std_error).toBeCloseTo(Math.sqrt(1.08), 12);
    expect(found.ci_low).toBeCloseTo(5.8 - reach, 10);
    expect(found.ci_high).toBeCloseTo(5.8 + reach, 10);
    expect(found.variance_reduction_factor).toBeCloseTo(5 / 3 / 1.08, 12);
    expect(found).toMatchObject({ estimand: "mean", method: "control_variate", n: 4, n_failed: 0, flags: [] });
  });

  it("controlVariateMean of a control that met its mean does not move the estimate", () => {
    const found = controlVariateMean([2, 6, 4, 8], { control: [1, 2, 3, 4], control_mean: 2.5, confidence });
    expect(found.estimate).toBe(5);
    expect(found.std_error).toBeCloseTo(Math.sqrt(3.6 / 4), 12);
  });

  it("controlVariateMean leaves out undefined pairs and counts them", () => {
    const sample = [NaN, 2, 6, 4, 9, 8];
    const found = controlVariateMean(sample, { control: [7, 1, 2, 3, NaN, 4], control_mean: 3, confidence });
    expect(found.estimate).toBeCloseTo(5.8, 12);
    expect(found).toMatchObject({ n: 4, n_failed: 2, flags: ["undefined_values"] });
  });

  it("controlVariateMean of fewer than three pairs is not a number", () => {
    const nothing = { estimate: NaN, std_error: NaN, ci_low: NaN, ci_high: NaN, variance_reduction_factor: NaN };
    const two = controlVariateMean([1, 2], { control: [1, 3], control_mean: 2, confidence });
    expect(two).toMatchObject({ ...nothing, n: 2, flags: ["not_estimable_needs_3"] });
    const none = controlVariateMean([1], { control: [NaN], control_mean: 2, confidence });
    expect(none).toMatchObject({ ...nothing, n: 0, n_failed: 1, flags: ["undefined_values", "no_values"] });
  });

  it("controlVariateMean says when the control explains too little", () => {
    const useless = controlVariateMean([1, 2, 1, 2], { control: [1, 1, 2, 2], control_mean: 1.5, confidence });
    expect(useless).toMatchObject({ estimate: 1.5, flags: ["low_correlation"] });
    const constant = controlVariateMean([1, 2, 1, 2], { control: [3, 3, 3, 3], control_mean: 1, confidence });
    expect(constant).toMatchObject({ estimate: 1.5, flags: ["low_correlation"] });
    // S^2 = 1 / 2 with n - 2 degrees, and no slope whose error would count.
    expect(constant.std_error).toBeCloseTo(Math.sqrt(1 / 8), 12);
  });

  it("controlVariateMean of a perfect line, or of equal values, is a flagged point", () => {
    const control = [0.1, 0.7, 0.2, 0.4];
    const line = controlVariateMean(
      control.map((c) => 3 * c + 0.1),
      { control, control_mean: 1, confidence },
    );
    expect(line.estimate).toBeCloseTo(3.1, 12);
    expect(line).toMatchObject({ std_error: 0, variance_reduction_factor: Infinity, flags: ["zero_variance"] });
    const equal = controlVariateMean([2, 2, 2, 2], { control, control_mean: 1, confidence });
    expect(equal).toMatchObject({ estimate: 2, ci_low: 2, ci_high: 2, variance_reduction_factor: NaN });
    expect(equal.flags).toEqual(["zero_variance"]);
  });

  it.each([
    { sample: [1, Infinity, 2, 3], control: [1, 2, 3, 5] },
    { sample: [1, 4, 2, 3], control: [1, 2, -Infinity, 5] },
  ])("controlVariateMean of $sample with $control bounds neither side", ({ sample, control }) => {
    const found = controlVariateMean(sample, { control, control_mean: 1, confidence });
    expect(found).toMatchObject({ estimate: NaN, std_error: NaN, ci_low: -Infinity, ci_high: Infinity });
    expect(found.flags).toEqual(["infinite_values"]);
  });

  it("controlVariateMean refuses impossible options", () => {
    const valid = { control: [1, 2, 3], control_mean: 2, confidence };
    expect(() => controlVariateMean([1, 2], valid)).toThrow(
      new RangeError(
        "Cannot estimate mean with a control variate: control must have as many values as the sample, 2: current value is 3",
      ),
    );
    expect(() => controlVariateMean([1, 2, 3], { ...valid, control_mean: NaN })).toThrow("control_mean must be finite");
    expect(() => controlVariateMean([1, 2, 3], { ...valid, confidence: 0 })).toThrow("confidence must be > 0 and < 1");
  });
});
