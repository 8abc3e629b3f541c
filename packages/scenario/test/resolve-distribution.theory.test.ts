import { describe, expect, test } from "vitest";
import type { DistributionMapping } from "../src/index.js";
import { resolveDistribution, resolveDuration } from "../src/resolve/resolve-distribution.js";

const read = (mapping: DistributionMapping) => resolveDistribution(mapping, "loadstar");
const readAsAsyncFlow = (mapping: DistributionMapping) => resolveDistribution(mapping, "asyncflow");

describe("resolveDistribution", () => {
  test("resolveDistribution gives the balanced hyperexponential of mean 10 ms and scv 4", () => {
    const distribution = read({ distribution: "hyperexponential", mean: 0.01, cv: 2 });
    if (distribution.kind !== "hyperexponential")
      throw new Error(`Cannot check distribution: kind is ${distribution.kind}`);
    expect(distribution.probabilities[0]).toBeCloseTo(0.887298, 6);
    expect(distribution.probabilities[1]).toBeCloseTo(0.112702, 6);
    expect(distribution.means[0]).toBeCloseTo(0.005635083, 9);
    expect(distribution.means[1]).toBeCloseTo(0.044364917, 9);
  });

  test("resolveDistribution gives the lognormal of mean 10 ms and scv 4, however its spread is given", () => {
    const spreads = [{ cv: 2 }, { std: 0.02 }, { variance: 0.0004 }];
    for (const spread of spreads) {
      const distribution = read({ distribution: "lognormal", mean: 0.01, ...spread });
      if (distribution.kind !== "lognormal") throw new Error(`Cannot check distribution: kind is ${distribution.kind}`);
      expect(distribution.sigma).toBeCloseTo(1.268636, 6);
      // ln(0.01) - ln(5) / 2; the shared table of known answers rounds its last digit the other way.
      expect(distribution.mu).toBeCloseTo(-5.409889, 6);
    }
  });

  test("resolveDistribution gives the lognormal by its median and an upper percentile", () => {
    // Standard normal: 95 % lie below 1.6448536, 99 % below 2.3263479.
    const mu = Math.log(0.02);
    expect(read({ distribution: "lognormal", median: 0.02, p95: 0.02 * Math.exp(1.6448536269514722 * 0.5) })).toEqual({
      kind: "lognormal",
      mu,
      sigma: expect.closeTo(0.5, 12),
    });
    expect(read({ distribution: "lognormal", median: 0.02, p99: 0.02 * Math.exp(2.3263478740408408 * 0.5) })).toEqual({
      kind: "lognormal",
      mu,
      sigma: expect.closeTo(0.5, 12),
    });
  });

  test("resolveDistribution gives the Pareto of shape 2.5 its mean and scv 0.8", () => {
    const distribution = read({ distribution: "pareto", mean: 0.01, shape: 2.5 });
    if (distribution.kind !== "pareto") throw new Error(`Cannot check distribution: kind is ${distribution.kind}`);
    const { shape: a, minimum: m } = distribution;
    const mean = (a * m) / (a - 1);
    const variance = (a * m * m) / ((a - 1) * (a - 1) * (a - 2));
    expect(mean).toBeCloseTo(0.01, 12);
    expect(variance / (mean * mean)).toBeCloseTo(0.8, 12);
    expect(read({ distribution: "pareto", minimum: 0.006, shape: 2.5 })).toEqual({
      kind: "pareto",
      shape: 2.5,
      minimum: 0.006,
    });
  });

  test("resolveDistribution gives the Weibull its mean", () => {
    // Gamma(1 + 1/1) = 1, Gamma(1 + 1/2) = sqrt(pi) / 2, Gamma(1 + 1/0.5) = 2.
    const scaleOf = (shape: number) => read({ distribution: "weibull", mean: 0.01, shape });
    expect(scaleOf(1)).toEqual({ kind: "weibull", shape: 1, scale: expect.closeTo(0.01, 14) });
    expect(scaleOf(2)).toEqual({ kind: "weibull", shape: 2, scale: expect.closeTo(0.02 / Math.sqrt(Math.PI), 14) });
    expect(scaleOf(0.5)).toEqual({ kind: "weibull", shape: 0.5, scale: expect.closeTo(0.005, 14) });
  });

  test("resolveDistribution gives gamma and Erlang shape and scale", () => {
    expect(read({ distribution: "gamma", mean: 0.01, cv: 0.5 })).toEqual({ kind: "gamma", shape: 4, scale: 0.0025 });
    expect(read({ distribution: "erlang", mean: 0.01, shape: 4 })).toEqual({ kind: "gamma", shape: 4, scale: 0.0025 });
  });

  test.each<readonly [DistributionMapping, ReturnType<typeof read>]>([
    [
      { distribution: "constant", value: 2 },
      { kind: "constant", value: 2 },
    ],
    [
      { distribution: "uniform", min: 1, max: 3 },
      { kind: "uniform", min: 1, max: 3 },
    ],
    [
      { distribution: "uniform", mean: 2 },
      { kind: "uniform", min: 0, max: 4 },
    ],
    [
      { distribution: "exponential", mean: 2 },
      { kind: "exponential", mean: 2 },
    ],
    [
      { distribution: "normal", mean: 4, std: 3 },
      { kind: "normal", mean: 4, std: 3 },
    ],
    [
      { distribution: "normal", mean: 4, cv: 0.5 },
      { kind: "normal", mean: 4, std: 2 },
    ],
    [
      { distribution: "normal", mean: 4, variance: 9 },
      { kind: "normal", mean: 4, std: 3 },
    ],
    [
      { distribution: "normal", mean: 4, variance: null },
      { kind: "normal", mean: 4, std: 2 },
    ],
    [
      { distribution: "normal", mean: 4, std: 0 },
      { kind: "constant", value: 4 },
    ],
    [
      { distribution: "gamma", mean: 4, cv: 0 },
      { kind: "constant", value: 4 },
    ],
    [
      { distribution: "lognormal", mean: 4, variance: 0 },
      { kind: "constant", value: 4 },
    ],
    [
      { distribution: "lognormal", median: 4, p95: 4 },
      { kind: "constant", value: 4 },
    ],
    [{ mean: 2 }, { kind: "poisson", mean: 2 }],
    [
      { distribution: "poisson", mean: 2 },
      { kind: "poisson", mean: 2 },
    ],
    [
      { distribution: "empirical", values: [3, 1] },
      { kind: "empirical", values: [3, 1] },
    ],
    [
      { distribution: "empirical", quantiles: { 1: 5, 0.5: 2, 0: 1 } },
      { kind: "quantiles", probabilities: [0, 0.5, 1], values: [1, 2, 5] },
    ],
    [
      { distribution: "hyperexponential", probabilities: [0.25, 0.75], means: [1, 2] },
      { kind: "hyperexponential", probabilities: [0.25, 0.75], means: [1, 2] },
    ],
  ])("resolveDistribution reads %j", (mapping, distribution) => {
    expect(read(mapping)).toEqual(distribution);
  });

  test("resolveDistribution reads as AsyncFlow 0.1.1 computes in its dialect, and only there", () => {
    expect(readAsAsyncFlow({ distribution: "normal", mean: 4, variance: 9 })).toEqual({
      kind: "normal",
      mean: 4,
      std: 9,
    });
    expect(readAsAsyncFlow({ distribution: "normal", mean: 4 })).toEqual({ kind: "normal", mean: 4, std: 4 });
    expect(readAsAsyncFlow({ distribution: "normal", mean: 4, std: 9 })).toEqual({ kind: "normal", mean: 4, std: 9 });
    expect(readAsAsyncFlow({ distribution: "uniform", mean: 3 })).toEqual({ kind: "uniform", min: 0, max: 1 });
    expect(readAsAsyncFlow({ distribution: "uniform", min: 2, max: 3 })).toEqual({ kind: "uniform", min: 2, max: 3 });
    expect(readAsAsyncFlow({ distribution: "log_normal", mean: 0.5, variance: 2 })).toEqual({
      kind: "lognormal",
      mu: 0.5,
      sigma: 2,
    });
    expect(readAsAsyncFlow({ distribution: "log_normal", mean: 0.5 })).toEqual({
      kind: "lognormal",
      mu: 0.5,
      sigma: 0.5,
    });
    expect(read({ distribution: "log_normal", mean: 0.01, variance: 0.0004 })).toEqual(
      read({ distribution: "lognormal", mean: 0.01, cv: 2 }),
    );
  });
});

describe("resolveDuration", () => {
  test("resolveDuration reads a number as a constant", () => {
    expect(resolveDuration(0.002, "loadstar")).toEqual({ kind: "constant", value: 0.002 });
  });
});
