import { describe, expect, it } from "vitest";
import { meanInterval, precisionReached, studentTQuantile, wilsonInterval } from "../../src/index.js";
import type { PrecisionTarget } from "../../src/index.js";

const mean = { estimand: "mean", confidence: 0.95 } as const;
const breaking = { estimand: "probability", side: "below", limit: 1, confidence: 0.95 } as const;

/** 9 and 11 in turns: mean 10, sum of squares n. */
const around10 = (n: number): number[] => Array.from({ length: n }, (_, k) => (k % 2 === 0 ? 9 : 11));
/** The first `bad` replications break a limit of 1. */
const runs = ({ bad, n }: { bad: number; n: number }): number[] =>
  Array.from({ length: n }, (_, k) => (k < bad ? 2 : 0));

describe("precisionReached of a mean", () => {
  it("precisionReached compares half the length of meanInterval with the target", () => {
    const sample = around10(100);
    // std = sqrt(100 / 99), t(0.975, 99) = 1.984217
    const half = (1.9842169515864174 * Math.sqrt(100 / 99)) / 10;
    const found = precisionReached(sample, { ...mean, half_width: 0.2 });
    expect(found).toMatchObject({ reached: true, estimate: 10, n_needed: 0, reason: "reached" });
    expect(found.half_width).toBeCloseTo(half, 12);
    expect(precisionReached(sample, { ...mean, half_width: half - 1e-9 }).reason).toBe("wide");
    expect(precisionReached(sample, { ...mean, relative_half_width: 0.02 }).reached).toBe(true);
    expect(precisionReached(sample, { ...mean, relative_half_width: 0.0199 }).reached).toBe(false);
  });

  it("precisionReached takes the absolute value of a negative mean", () => {
    const sample = around10(100).map((value) => -value);
    expect(precisionReached(sample, { ...mean, relative_half_width: 0.02 }).reached).toBe(true);
  });

  it("precisionReached says how many more values of these moments would do", () => {
    const sample = around10(100);
    const { n_needed } = precisionReached(sample, { ...mean, half_width: 0.1 });
    const std = Math.sqrt(100 / 99);
    const half = (n: number): number => (studentTQuantile({ probability: 0.975, degrees: n - 1 }) * std) / Math.sqrt(n);
    expect(half(100 + n_needed)).toBeLessThanOrEqual(0.1);
    expect(half(100 + n_needed - 1)).toBeGreaterThan(0.1);
  });

  it("precisionReached needs 30 values, however close they are", () => {
    const found = precisionReached(around10(29), { ...mean, half_width: 100 });
    expect(found).toMatchObject({ reached: false, reason: "few_values", n_needed: 1 });
    expect(precisionReached(around10(30), { ...mean, half_width: 100 }).reached).toBe(true);
  });

  it("precisionReached never stops on equal values", () => {
    const found = precisionReached(new Float64Array(1000).fill(7), { ...mean, half_width: 1 });
    expect(found).toEqual({ reached: false, estimate: 7, half_width: 0, n_needed: NaN, reason: "zero_variance" });
  });

  it("precisionReached never stops on infinite values, nor without any", () => {
    const infinite = [...around10(100), Infinity];
    expect(precisionReached(infinite, { ...mean, half_width: 1 })).toMatchObject({
      reached: false,
      n_needed: NaN,
      reason: "infinite_values",
    });
    const empty = { reached: false, estimate: NaN, half_width: NaN, n_needed: NaN, reason: "few_values" };
    expect(precisionReached([], { ...mean, half_width: 1 })).toEqual(empty);
    expect(precisionReached(new Float64Array(100).fill(NaN), { ...mean, half_width: 1 })).toEqual(empty);
  });

  it("precisionReached leaves NaN values out, as the interval does", () => {
    const sample = [...around10(100), NaN, NaN];
    const { ci_low, ci_high } = meanInterval(sample, { confidence: 0.95 });
    expect(precisionReached(sample, { ...mean, half_width: 0.2 }).half_width).toBe((ci_high - ci_low) / 2);
  });

  it("precisionReached cannot say when a mean of 0 will be relatively precise", () => {
    const sample = around10(100).map((value) => value - 10);
    expect(precisionReached(sample, { ...mean, relative_half_width: 0.1 })).toMatchObject({
      reason: "wide",
      n_needed: NaN,
    });
  });
});

describe("precisionReached of a probability", () => {
  it("precisionReached compares half the length of wilsonInterval with the target", () => {
    const sample = runs({ bad: 100, n: 1000 });
    const { ci_low, ci_high } = wilsonInterval({ successes: 100, trials: 1000, confidence: 0.95 });
    const half = (ci_high - ci_low) / 2;
    const found = precisionReached(sample, { ...breaking, relative_half_width: 0.19 });
    expect(found).toMatchObject({ reached: true, estimate: 0.1, n_needed: 0, reason: "reached" });
    expect(found.half_width).toBeCloseTo(half, 14);
    expect(precisionReached(sample, { ...breaking, half_width: half * 0.999 }).reason).toBe("wide");
  });

  it("precisionReached counts what is not on the good side, the limit included", () => {
    const sample = [...new Float64Array(50).fill(1), ...new Float64Array(50)];
    expect(precisionReached(sample, { ...breaking, half_width: 0.2 }).estimate).toBe(0.5);
    expect(precisionReached(sample, { ...breaking, side: "above", half_width: 0.2 }).estimate).toBe(1);
  });

  it("precisionReached needs events on either side", () => {
    const target = { ...breaking, half_width: 0.4 };
    expect(precisionReached(runs({ bad: 9, n: 1000 }), target).reason).toBe("few_events");
    expect(precisionReached(runs({ bad: 10, n: 1000 }), target).reason).toBe("reached");
    expect(precisionReached(runs({ bad: 991, n: 1000 }), target).reason).toBe("few_events");
    expect(precisionReached(runs({ bad: 9, n: 1000 }), { ...target, min_events: 9 }).reason).toBe("reached");
  });

  it("precisionReached plans for the events and for the length", () => {
    // 9 of 900: the tenth comes with the thousandth
    expect(precisionReached(runs({ bad: 9, n: 900 }), { ...breaking, half_width: 0.4 }).n_needed).toBe(100);
    const sample = runs({ bad: 10, n: 1000 });
    const { n_needed } = precisionReached(sample, { ...breaking, relative_half_width: 0.2 });
    // z^2 (1 - p) / (p r^2) = 9508, for Wald
    expect(1000 + n_needed).toBeGreaterThan(9400);
    expect(1000 + n_needed).toBeLessThan(9600);
    expect(precisionReached(runs({ bad: 0, n: 1000 }), { ...breaking, half_width: 0.4 }).n_needed).toBeNaN();
  });

  it("precisionReached counts failed replications on the worse side for each end", () => {
    const clean = runs({ bad: 100, n: 1000 });
    const spoiled = [...clean, ...new Float64Array(50).fill(NaN)];
    const { ci_high } = wilsonInterval({ successes: 150, trials: 1050, confidence: 0.95 });
    const { ci_low } = wilsonInterval({ successes: 100, trials: 1050, confidence: 0.95 });
    const target: PrecisionTarget = { ...breaking, relative_half_width: 0.2 };
    expect(precisionReached(spoiled, target).half_width).toBeCloseTo((ci_high - ci_low) / 2, 14);
    expect(precisionReached(clean, target).reached).toBe(true);
    expect(precisionReached(spoiled, target).reached).toBe(false);
  });
});

describe("precisionReached refusals", () => {
  it.each([
    [{ ...mean, confidence: 1, half_width: 1 }, "confidence must be > 0 and < 1: current value is 1"],
    [mean, "target must be half_width or relative_half_width: current value is neither"],
    [{ ...mean, half_width: 1, relative_half_width: 1 }, "current value is both"],
    [{ ...mean, half_width: 0 }, "half_width must be > 0 and finite: current value is 0"],
    [{ ...mean, relative_half_width: NaN }, "relative_half_width must be > 0 and finite: current value is NaN"],
    [{ ...breaking, limit: Infinity, half_width: 1 }, "limit must be finite: current value is Infinity"],
    [{ ...breaking, half_width: 1, min_events: 0 }, "min_events must be > 0 and finite: current value is 0"],
    [{ ...breaking, half_width: 1, min_events: 1.5 }, "min_events must be an integer >= 0: current value is 1.5"],
  ] satisfies [PrecisionTarget, string][])("precisionReached refuses %j", (target, message) => {
    expect(() => precisionReached([1, 2], target)).toThrow(`Cannot judge precision: `);
    expect(() => precisionReached([1, 2], target)).toThrow(message);
  });
});
