import { describe, expect, it } from "vitest";
import { orderStatisticRanks, quantileInterval, sortedQuantile, sortedValues, wilksSampleSize } from "../src/index.js";

const confidence = 0.95;
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => n - i);

describe("sortedQuantile", () => {
  it("sortedQuantile interpolates at 1 + (n - 1) p", () => {
    expect(sortedQuantile([1, 2, 4], 0.5)).toBe(2);
    expect(sortedQuantile([1, 2, 4], 0.75)).toBe(3);
    expect(sortedQuantile([10, 20], 0.25)).toBe(12.5);
    expect(sortedQuantile([7], 0.9)).toBe(7);
    expect(sortedQuantile([], 0.5)).toBeNaN();
  });

  it("sortedQuantile orders infinite values like others", () => {
    expect(sortedQuantile([1, 2, Infinity], 0.5)).toBe(2);
    expect(sortedQuantile([1, 2, Infinity], 0.6)).toBe(Infinity);
    expect(sortedQuantile([-Infinity, 2], 0.5)).toBe(-Infinity);
    expect(sortedQuantile([Infinity, Infinity], 0.3)).toBe(Infinity);
    expect(sortedQuantile([-Infinity, Infinity], 0.3)).toBeNaN();
  });

  it("sortedQuantile stays between its neighbours", () => {
    // Found by the laws: the weighted mean alone rounds to -999999.9999999979, below both.
    const sorted = [-999_999.9999999978, -999_999.999999997, ...Array.from({ length: 12 }, () => 0)];
    expect(sortedQuantile(sorted, 0.0022124132874137654)).toBe(sorted[0]);
  });

  it("sortedQuantile refuses a probability outside (0, 1)", () => {
    expect(() => sortedQuantile([1], 1)).toThrow(
      new RangeError("Cannot compute quantile: probability must be > 0 and < 1: current value is 1"),
    );
  });
});

describe("sortedValues", () => {
  it("sortedValues sorts by number, drops NaN and copies", () => {
    const sample = [10, NaN, 9, -Infinity, 1e-9];
    expect([...sortedValues(sample)]).toEqual([-Infinity, 1e-9, 9, 10]);
    expect(sample[0]).toBe(10);
  });
});

describe("orderStatisticRanks", () => {
  it.each([
    [100, 0.5, 40, 61],
    [100, 0.9, 84, 96],
    [100, 0.95, 90, 100],
    [1000, 0.99, 983, 997],
    [100, 0.99, 97, 101],
    [6, 0.5, 1, 6],
    [5, 0.5, 0, 6],
    [0, 0.5, 0, 1],
  ])("orderStatisticRanks of %d values at %d is (%d, %d)", (n, probability, low_rank, high_rank) => {
    expect(orderStatisticRanks({ n, probability, confidence })).toMatchObject({ low_rank, high_rank });
  });

  it("orderStatisticRanks gives the exact coverage", () => {
    // Six values miss the median when all lie on one side: 2 / 2^6.
    expect(orderStatisticRanks({ n: 6, probability: 0.5, confidence }).coverage).toBeCloseTo(1 - 2 / 64, 14);
  });

  it("orderStatisticRanks accepts a side that errs by exactly its share", () => {
    const ranks = { low_rank: 1, high_rank: 2 };
    expect(orderStatisticRanks({ n: 2, probability: 0.5, confidence: 0.5 })).toMatchObject(ranks);
    // (1 - 0.9) / 2 rounds to less than 0.05.
    expect(orderStatisticRanks({ n: 1, probability: 0.05, confidence: 0.9 }).high_rank).toBe(1);
  });
});

describe("quantileInterval", () => {
  it("quantileInterval of 1 to 100 takes the order statistics", () => {
    const found = quantileInterval(upTo(100), { probability: 0.9, confidence });
    expect(found.estimate).toBeCloseTo(90.1, 12);
    expect(found).toMatchObject({ estimand: "quantile_0.9", ci_low: 84, ci_high: 96, method: "order_statistics" });
    expect(found).toMatchObject({ std_error: NaN, confidence, n: 100, n_failed: 0, flags: [] });
  });

  it("quantileInterval says when a side has no bound and what it needs", () => {
    const found = quantileInterval(upTo(100), { probability: 0.99, confidence });
    expect(found).toMatchObject({ ci_low: 97, ci_high: Infinity, flags: ["ci_high_unbounded_needs_368"] });
    const mirrored = quantileInterval(upTo(100), { probability: 0.01, confidence });
    expect(mirrored).toMatchObject({ ci_low: -Infinity, ci_high: 4, flags: ["ci_low_unbounded_needs_368"] });
    const few = quantileInterval([5], { probability: 0.5, confidence });
    expect(few).toMatchObject({ estimate: 5, ci_low: -Infinity, ci_high: Infinity });
    expect(few.flags).toEqual(["ci_low_unbounded_needs_6", "ci_high_unbounded_needs_6"]);
  });

  it("quantileInterval widens to an estimate outside the order statistics", () => {
    // Both sides of p = 0.01 lie below the smallest of two values, the interpolated estimate just above it.
    const found = quantileInterval([10, 20], { probability: 0.01, confidence });
    expect(found.estimate).toBeCloseTo(10.1, 12);
    expect(found.ci_high).toBe(found.estimate);
    const mirrored = quantileInterval([10, 20], { probability: 0.99, confidence });
    expect(mirrored.ci_low).toBe(mirrored.estimate);
  });

  it("quantileInterval leaves out undefined values and counts them", () => {
    const found = quantileInterval([...upTo(100), NaN], { probability: 0.9, confidence, n_failed: 2 });
    expect(found).toMatchObject({ ci_low: 84, ci_high: 96, n: 100, n_failed: 3, flags: ["undefined_values"] });
  });

  it("quantileInterval of no value is not a number", () => {
    const found = quantileInterval([], { probability: 0.9, confidence });
    expect(found).toMatchObject({ estimate: NaN, ci_low: NaN, ci_high: NaN, n: 0, flags: ["no_values"] });
  });

  it("quantileInterval orders infinite values and flags them", () => {
    const sample = [...upTo(98), Infinity, Infinity];
    const found = quantileInterval(sample, { probability: 0.95, confidence });
    expect(found).toMatchObject({ ci_low: 90, ci_high: Infinity, flags: ["infinite_values"] });
    const both = quantileInterval([-Infinity, Infinity], { probability: 0.5, confidence });
    expect(both).toMatchObject({ estimate: NaN, ci_low: -Infinity, ci_high: Infinity });
  });

  it("quantileInterval refuses impossible options", () => {
    expect(() => quantileInterval([1], { probability: 0, confidence })).toThrow("probability must be > 0 and < 1");
    expect(() => quantileInterval([1], { probability: 0.5, confidence: 0 })).toThrow("confidence must be > 0 and < 1");
    expect(() => quantileInterval([1], { probability: 0.5, confidence, n_failed: 0.5 })).toThrow(
      new RangeError("Cannot estimate quantile: n_failed must be an integer >= 0: current value is 0.5"),
    );
  });
});

describe("wilksSampleSize", () => {
  it.each([
    [0.95, 0.95, 59],
    [0.99, 0.95, 299],
    [0.95, 0.99, 90],
    [0.99, 0.975, 368],
    [0.5, 0.75, 2],
    [0.1, 0.9, 1],
  ])("wilksSampleSize at %d with confidence %d is %d", (probability, confidence, n) => {
    expect(wilksSampleSize({ probability, confidence })).toBe(n);
  });
});
