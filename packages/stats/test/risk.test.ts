import { describe, expect, it } from "vitest";
import { exceedanceCurve, expectedShortfall, quantileInterval, valueAtRisk } from "../src/index.js";

const confidence = 0.95;
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => n - i);
const nothing = { estimate: NaN, std_error: NaN, ci_low: NaN, ci_high: NaN };

describe("valueAtRisk", () => {
  it("valueAtRisk is the quantile of the outcome with its exact interval", () => {
    const options = { probability: 0.95, confidence, n_failed: 1 };
    const found = valueAtRisk(upTo(200), options);
    expect(found).toEqual({ ...quantileInterval(upTo(200), options), estimand: "value_at_risk_0.95" });
    expect(found.estimate).toBeCloseTo(190.05, 12);
  });

  it.each([
    [0.95, 200],
    [0.99, 1000],
    [0.5, 20],
    [0.1, 100],
    [0.999, 10_000],
    [0.97, 334],
  ])("valueAtRisk at %d needs %d values, ten on each side", (probability, needed) => {
    expect(valueAtRisk(upTo(needed), { probability, confidence }).estimate).not.toBeNaN();
    const found = valueAtRisk([...upTo(needed - 1), NaN], { probability, confidence });
    expect(found).toMatchObject({ ...nothing, n: needed - 1, n_failed: 1 });
    expect(found.flags).toEqual(["undefined_values", `not_estimable_needs_${needed}`]);
  });

  it("valueAtRisk of no value, and with impossible options, is as the quantile", () => {
    expect(valueAtRisk([], { probability: 0.9, confidence })).toMatchObject({ ...nothing, flags: ["no_values"] });
    expect(() => valueAtRisk([1], { probability: 1, confidence })).toThrow("probability must be > 0 and < 1");
  });
});

describe("expectedShortfall", () => {
  it("expectedShortfall of 1 to 1000 at 0.95 by hand", () => {
    // The mean of 951 to 1000. Excesses over 950 are 1 to 50: sum 1275, of squares 42925, variance 41.340716.
    const found = expectedShortfall(upTo(1000), { probability: 0.95, confidence });
    expect(found.estimate).toBeCloseTo(975.5, 10);
    expect(found.std_error).toBeCloseTo(Math.sqrt(41.340716 / 1000) / 0.05, 6);
    expect(found).toMatchObject({ estimand: "expected_shortfall_0.95", method: "hall", confidence });
    expect(found).toMatchObject({ n: 1000, n_failed: 0, flags: [] });
  });

  it("expectedShortfall counts the smallest value of the tail by the fraction that is left", () => {
    // 50.5 of 1010 values: 961 to 1010, whose sum is 49275, and half of 960.
    const found = expectedShortfall(upTo(1010), { probability: 0.95, confidence });
    expect(found.estimate).toBeCloseTo((49_275 + 480) / 50.5, 10);
  });

  it("expectedShortfall gives ties no more than their share", () => {
    // A quarter is 50 of 200 values: 20 ones and 30 of the zeros.
    const sample = Array.from({ length: 200 }, (_, i) => (i < 20 ? 1 : 0));
    expect(expectedShortfall(sample, { probability: 0.75, confidence }).estimate).toBeCloseTo(0.4, 12);
  });

  it.each([
    [0.95, 1000],
    [0.99, 5000],
    [0.5, 100],
    [0.1, 56],
  ])("expectedShortfall at %d needs %d values, fifty in the tail", (probability, needed) => {
    expect(expectedShortfall(upTo(needed), { probability, confidence }).estimate).not.toBeNaN();
    const found = expectedShortfall([NaN, ...upTo(needed - 1)], { probability, confidence, n_failed: 2 });
    expect(found).toMatchObject({ ...nothing, n: needed - 1, n_failed: 3 });
    expect(found.flags).toEqual(["undefined_values", `not_estimable_needs_${needed}`]);
  });

  it("expectedShortfall of no value is not a number", () => {
    const found = expectedShortfall([], { probability: 0.95, confidence });
    expect(found).toMatchObject({ ...nothing, n: 0, flags: ["no_values"] });
  });

  it("expectedShortfall of equal values in the tail is a flagged point", () => {
    const sample = [...Array.from({ length: 80 }, () => 3), ...upTo(70).map((x) => -x)];
    const found = expectedShortfall(sample, { probability: 0.5, confidence });
    expect(found).toMatchObject({ estimate: 3, std_error: 0, ci_low: 3, ci_high: 3, flags: ["zero_variance"] });
  });

  it.each([
    { name: "one infinite value", values: [Infinity], estimate: Infinity },
    { name: "an infinite tail", values: Array.from({ length: 80 }, () => Infinity), estimate: Infinity },
    { name: "a tail from -Infinity", values: Array.from({ length: 80 }, () => -Infinity), estimate: -Infinity },
  ])("expectedShortfall with $name bounds neither side", ({ values, estimate }) => {
    const sample = [...values, ...upTo(100 - values.length)];
    const found = expectedShortfall(sample, { probability: 0.5, confidence });
    expect(found).toMatchObject({ estimate, ci_low: -Infinity, ci_high: Infinity, flags: ["infinite_values"] });
  });

  it("expectedShortfall does not mind infinite values below the tail", () => {
    const found = expectedShortfall([-Infinity, ...upTo(99)], { probability: 0.5, confidence });
    expect(found.estimate).toBeCloseTo(74.5, 12);
    expect(found.ci_high).toBeLessThan(100);
  });

  it("expectedShortfall refuses impossible options", () => {
    expect(() => expectedShortfall([1], { probability: 0, confidence })).toThrow(
      new RangeError("Cannot estimate expected shortfall: probability must be > 0 and < 1: current value is 0"),
    );
    expect(() => expectedShortfall([1], { probability: 0.5, confidence: 1 })).toThrow("confidence must be > 0 and < 1");
    expect(() => expectedShortfall([1], { probability: 0.5, confidence, n_failed: -1 })).toThrow(
      "n_failed must be an integer >= 0",
    );
  });
});

describe("exceedanceCurve", () => {
  it("exceedanceCurve of 3, 1, 2, 2 by hand", () => {
    // sqrt(ln 40 / 8) = 0.679051.
    const { reach, ...found } = exceedanceCurve([3, 1, NaN, 2, 2], { confidence });
    expect(reach).toBeCloseTo(0.679051, 6);
    expect(found).toEqual({
      values: Float64Array.of(1, 2, 3),
      exceedance: Float64Array.of(0.75, 0.25, 0),
      band_low: Float64Array.of(0.75 - reach, 0, 0),
      band_high: Float64Array.of(1, 0.25 + reach, reach),
      confidence,
      method: "dkw",
      n: 4,
      n_failed: 1,
      flags: ["undefined_values"],
    });
  });

  it("exceedanceCurve of a thousand values reaches 0.043", () => {
    expect(exceedanceCurve(upTo(1000), { confidence }).reach).toBeCloseTo(0.042947, 6);
  });

  it("exceedanceCurve of no value is empty", () => {
    const found = exceedanceCurve([], { confidence });
    expect(found).toMatchObject({ values: new Float64Array(), reach: NaN, n: 0, flags: ["no_values"] });
  });

  it("exceedanceCurve orders infinite values and flags them", () => {
    const { values, exceedance, flags } = exceedanceCurve([Infinity, 1, -Infinity, Infinity], { confidence });
    expect([...values]).toEqual([-Infinity, 1, Infinity]);
    expect([...exceedance]).toEqual([0.75, 0.5, 0]);
    expect(flags).toEqual(["infinite_values"]);
  });

  it("exceedanceCurve refuses an impossible confidence", () => {
    expect(() => exceedanceCurve([1], { confidence: 1 })).toThrow(
      new RangeError("Cannot compute exceedance curve: confidence must be > 0 and < 1: current value is 1"),
    );
  });
});
