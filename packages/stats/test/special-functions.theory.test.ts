import { describe, expect, it } from "vitest";
import { binomialCdf, incompleteBeta, inverseIncompleteBeta, logGamma } from "../src/index.js";
import { normalQuantile, studentTCdf, studentTQuantile } from "../src/index.js";
import { incompleteBetaValues, logGammaValues, normalValues, studentTValues } from "./reference-values.js";

const relativeError = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe("logGamma", () => {
  it.each(logGammaValues)("logGamma at %d is %d", (x, expected) => {
    expect(relativeError(logGamma(x), expected)).toBeLessThan(1e-13);
  });

  it("logGamma vanishes at its zeros 1 and 2", () => {
    expect(Math.abs(logGamma(1))).toBeLessThan(1e-14);
    expect(Math.abs(logGamma(2))).toBeLessThan(1e-14);
  });
});

describe("incompleteBeta", () => {
  it.each(incompleteBetaValues)("incompleteBeta with a = %d, b = %d at %d is %d", (a, b, x, expected) => {
    expect(relativeError(incompleteBeta({ a, b, x }), expected)).toBeLessThan(1e-12);
  });

  it("incompleteBeta reaches 0 and 1 at the ends", () => {
    expect(incompleteBeta({ a: 2.5, b: 0.5, x: 0 })).toBe(0);
    expect(incompleteBeta({ a: 2.5, b: 0.5, x: 1 })).toBe(1);
  });
});

describe("inverseIncompleteBeta", () => {
  // Where the probability is close to 1 its own rounding moves x by more than the accuracy that is promised.
  const wellPosed = incompleteBetaValues.filter(([, , , probability]) => probability < 0.9);

  it.each(wellPosed)("inverseIncompleteBeta with a = %d, b = %d gives %d at %d", (a, b, x, probability) => {
    expect(relativeError(inverseIncompleteBeta({ a, b, probability }), x)).toBeLessThan(1e-11);
  });

  it("inverseIncompleteBeta gives the smallest double where the answer is below it", () => {
    expect(inverseIncompleteBeta({ a: 0.001, b: 1, probability: 0.1 })).toBe(Number.MIN_VALUE);
  });
});

describe("studentTQuantile", () => {
  it.each(studentTValues)("studentTQuantile at %d with %d degrees is %d", (probability, degrees, expected) => {
    expect(relativeError(studentTQuantile({ probability, degrees }), expected)).toBeLessThan(1e-12);
    expect(relativeError(studentTCdf({ t: expected, degrees }), probability)).toBeLessThan(1e-12);
  });

  // The usual table (for example Law 2015, table T.1), upper 2.5 %.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [10, 2.228],
    [30, 2.042],
    [100, 1.984],
  ])("studentTQuantile with %d degrees is %d in the tables", (degrees, expected) => {
    expect(studentTQuantile({ probability: 0.975, degrees })).toBeCloseTo(expected, 3);
  });

  it("studentTQuantile with one degree is Cauchy, with two algebraic", () => {
    for (const probability of [1e-9, 0.01, 0.3, 0.5001, 0.9]) {
      const cauchy = -1 / Math.tan(Math.PI * probability);
      const algebraic = (2 * probability - 1) / Math.sqrt(2 * probability * (1 - probability));
      expect(relativeError(studentTQuantile({ probability, degrees: 1 }), cauchy)).toBeLessThan(1e-11);
      expect(relativeError(studentTQuantile({ probability, degrees: 2 }), algebraic)).toBeLessThan(1e-11);
    }
  });

  it("studentTQuantile approaches the normal quantile as (z^3 + z) / (4 degrees)", () => {
    const z = normalQuantile(0.975);
    const degrees = 1e8;
    const expected = z + (z * z * z + z) / (4 * degrees);
    expect(relativeError(studentTQuantile({ probability: 0.975, degrees }), expected)).toBeLessThan(1e-13);
  });
});

describe("normalQuantile", () => {
  it.each(normalValues)("normalQuantile at %d is %d", (probability, expected) => {
    expect(relativeError(normalQuantile(probability), expected)).toBeLessThan(1e-14);
  });

  it("normalQuantile is 0 at the median", () => {
    expect(normalQuantile(0.5)).toBe(0);
  });
});

describe("binomialCdf", () => {
  // Sums of the mass function at 40 digits, mpmath 1.3.0.
  it.each([
    [2, 5, 0.3, 0.83692],
    [39, 100, 0.5, 0.01760010010885241],
    [40, 100, 0.5, 0.0284439668204904],
    [83, 100, 0.9, 0.02059881014530011],
    [982, 1000, 0.99, 0.01383258173000862],
    [0, 299, 0.01, 0.04953625663766248],
    [5, 2000, 0.05, 3.149225488240528e-37],
  ])("binomialCdf of %d in %d at %d is %d", (successes, trials, probability, expected) => {
    expect(relativeError(binomialCdf({ successes, trials, probability }), expected)).toBeLessThan(1e-12);
  });

  it("binomialCdf is 0 below zero and 1 from the number of trials on", () => {
    expect(binomialCdf({ successes: -1, trials: 3, probability: 0.4 })).toBe(0);
    expect(binomialCdf({ successes: 3, trials: 3, probability: 0.4 })).toBe(1);
    expect(binomialCdf({ successes: 0, trials: 0, probability: 0.4 })).toBe(1);
  });
});
