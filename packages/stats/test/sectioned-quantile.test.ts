import { describe, expect, it } from "vitest";
import { sectionedQuantile } from "../src/index.js";

const probability = 0.99;
const confidence = 0.95;

describe("sectionedQuantile", () => {
  it("sectionedQuantile of 1, 2, 3 around 2.5 by hand", () => {
    // S^2 = (2.25 + 0.25 + 0.25) / 2 = 1.375; t with 2 degrees 4.302653; half-width t sqrt(1.375 / 3) = 2.912910.
    const found = sectionedQuantile([1, 2, 3], { pooled: 2.5, probability, confidence });
    expect(found.std_error).toBeCloseTo(Math.sqrt(1.375 / 3), 12);
    expect(found.ci_low).toBeCloseTo(2.5 - 2.91291, 6);
    expect(found.ci_high).toBeCloseTo(2.5 + 2.91291, 6);
    expect(found).toMatchObject({ estimand: "request_quantile_0.99", estimate: 2.5, method: "sectioning" });
    expect(found).toMatchObject({ confidence, n: 3, n_failed: 0, flags: [] });
  });

  it("sectionedQuantile leaves out undefined sections and counts them", () => {
    const options = { pooled: 2.5, probability, confidence };
    const { ci_low, ci_high } = sectionedQuantile([1, 2, 3], options);
    const found = sectionedQuantile([NaN, 1, 2, 3, NaN], { ...options, n_failed: 4 });
    expect(found).toMatchObject({ ci_low, ci_high, n: 3, n_failed: 6, flags: ["undefined_values"] });
  });

  it("sectionedQuantile of no section, or of no request, is not a number", () => {
    const none = { estimate: NaN, std_error: NaN, ci_low: NaN, ci_high: NaN };
    const noSection = sectionedQuantile([NaN], { pooled: 5, probability, confidence });
    expect(noSection).toMatchObject({ ...none, n: 0, n_failed: 1, flags: ["undefined_values", "no_values"] });
    const noRequest = sectionedQuantile([1, 2], { pooled: NaN, probability, confidence });
    expect(noRequest).toMatchObject({ ...none, flags: ["no_values"] });
  });

  it("sectionedQuantile of one section has no interval", () => {
    const found = sectionedQuantile([7], { pooled: 7, probability, confidence });
    expect(found).toMatchObject({ estimate: 7, std_error: NaN, ci_low: NaN, ci_high: NaN, n: 1 });
    expect(found.flags).toEqual(["not_estimable_needs_2"]);
  });

  it("sectionedQuantile of sections equal to the pooled quantile is a flagged point", () => {
    const found = sectionedQuantile([0.1, 0.1, 0.1], { pooled: 0.1, probability, confidence });
    expect(found).toMatchObject({ std_error: 0, ci_low: 0.1, ci_high: 0.1, flags: ["zero_variance"] });
  });

  it("sectionedQuantile of equal sections beside the pooled quantile has a length", () => {
    const { ci_low, ci_high, flags } = sectionedQuantile([1, 1, 1], { pooled: 2, probability, confidence });
    expect(ci_low).toBeLessThan(1);
    expect(ci_high).toBeGreaterThan(2);
    expect(flags).toEqual([]);
  });

  it.each([
    [[1, Infinity], 3],
    [[1, 2], Infinity],
    [[-1.7e308, 1.7e308], 0],
  ])("sectionedQuantile of %j around %d bounds neither side", (sections, pooled) => {
    const found = sectionedQuantile(sections, { pooled, probability, confidence });
    expect(found).toMatchObject({ estimate: pooled, std_error: NaN, ci_low: -Infinity, ci_high: Infinity });
    expect(found.flags).toEqual(["infinite_values"]);
  });

  it("sectionedQuantile refuses impossible options", () => {
    const valid = { pooled: 1, probability, confidence };
    expect(() => sectionedQuantile([1, 2], { ...valid, probability: 1 })).toThrow(
      new RangeError("Cannot estimate request quantile: probability must be > 0 and < 1: current value is 1"),
    );
    expect(() => sectionedQuantile([1, 2], { ...valid, confidence: 0 })).toThrow("confidence must be > 0 and < 1");
    expect(() => sectionedQuantile([1, 2], { ...valid, n_failed: -1 })).toThrow("n_failed must be an integer >= 0");
  });
});
