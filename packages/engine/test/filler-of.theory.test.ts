import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import type { Distribution } from "../src/index.js";
import { fillerOf } from "../src/random/filler-of.js";
import { streamKey, streamState } from "../src/random/stream-key.js";
import { chiSquareProbability, PLAUSIBLE } from "./chi-square.js";
import { functionsOf, poissonMass, type DistributionFunctions } from "./distribution-functions.js";
import { fitOfBins, fitOfPoisson, fitOfTails } from "./goodness-of-fit.js";

/** A distribution, and one that is a few per cent off, which the same test must refuse. */
interface Case {
  readonly right: Distribution;
  readonly wrong: Distribution;
}

const cases: readonly (readonly [string, Case])[] = [
  ["uniform", { right: { kind: "uniform", min: 2, max: 5 }, wrong: { kind: "uniform", min: 1.97, max: 5 } }],
  ["exponential", { right: { kind: "exponential", mean: 3 }, wrong: { kind: "exponential", mean: 3.12 } }],
  ["normal", { right: { kind: "normal", mean: 10, std: 1 }, wrong: { kind: "normal", mean: 10, std: 1.03 } }],
  ["lognormal", { right: lognormal(-5.4, 1.27), wrong: lognormal(-5.4, 1.308) }],
  ["gamma of shape 0.3", { right: gamma(0.3, 2), wrong: gamma(0.309, 2) }],
  ["gamma of shape 1", { right: gamma(1, 2), wrong: gamma(1, 2.06) }],
  ["gamma of shape 2.5", { right: gamma(2.5, 0.01), wrong: gamma(2.5, 0.0103) }],
  ["Erlang 4", { right: gamma(4, 0.0025), wrong: gamma(4.12, 0.0025) }],
  ["gamma of shape 100", { right: gamma(100, 0.1), wrong: gamma(100.5, 0.1) }],
  ["Weibull of shape 0.7", { right: weibull(0.7, 3), wrong: weibull(0.721, 3) }],
  ["Weibull of shape 2", { right: weibull(2, 3), wrong: weibull(2, 3.09) }],
  ["Pareto 2.5", { right: pareto(2.5, 0.006), wrong: pareto(2.575, 0.006) }],
  ["hyperexponential", { right: hyperexponential(0.887298), wrong: hyperexponential(0.9) }],
  ["quantiles", { right: quantiles(0.012), wrong: quantiles(0.0125) }],
];

const count = 200_000;

describe("fillerOf", () => {
  it.each(cases)("fillerOf draws %s: 200 equally probable bins", (name, { right, wrong }) => {
    const values = drawn(name, right, count);
    const fit = fitOfBins(values, functionsOf(right));
    expect(fit).toBeGreaterThan(PLAUSIBLE.least);
    expect(fit).toBeLessThan(PLAUSIBLE.most);
    expect(fitOfBins(values, functionsOf(wrong))).toBeLessThan(1e-8);
  });

  it.each(cases)("fillerOf draws %s: the outer thousandths", (name, { right, wrong }) => {
    const values = drawn(`${name}, tails`, right, 5 * count);
    const fit = fitOfTails(values, functionsOf(right));
    expect(fit).toBeGreaterThan(PLAUSIBLE.least);
    expect(fit).toBeLessThan(PLAUSIBLE.most);
    expect(fitOfTails(values, functionsOf(furtherOff(right, wrong)))).toBeLessThan(1e-8);
  });

  it("fillerOf clamps a normal: an atom at 0 and the rest as before", () => {
    const distribution: Distribution = { kind: "normal", mean: 1, std: 1 };
    const { lower } = functionsOf(distribution);
    const values = drawn("clamped normal", distribution, count);
    const atom = lower(0);
    const positive = values.filter((value) => value > 0);
    expect(atom).toBeCloseTo(0.158655, 6);
    expect(Math.min(...values.subarray(0, 1000))).toBe(0);
    expect(Math.abs(count - positive.length - count * atom)).toBeLessThan(4 * Math.sqrt(count * atom * (1 - atom)));
    const given: DistributionFunctions = { lower: (x) => (lower(x) - atom) / (1 - atom), upper: () => 0 };
    expect(fitOfBins(positive, given)).toBeGreaterThan(PLAUSIBLE.least);
  });

  it.each([0.003, 0.7, 4, 100, 1e6])("fillerOf draws Poisson of mean %d", (mean) => {
    const values = drawn(`poisson ${mean}`, { kind: "poisson", mean }, count);
    const fit = fitOfPoisson(values, mean);
    expect(fit).toBeGreaterThan(PLAUSIBLE.least);
    expect(fit).toBeLessThan(PLAUSIBLE.most);
    // A mean that is 15 standard errors off adds 225 to the statistic.
    expect(fitOfPoisson(values, mean + 15 * Math.sqrt(mean / count))).toBeLessThan(1e-8);
  });

  it.each([0.7, 4, 100, 1e6])("fillerOf draws Poisson of mean %d: the upper tail", (mean) => {
    let k = Math.ceil(mean + 12 * Math.sqrt(mean) + 12);
    let beyond = 0;
    while (beyond + poissonMass(mean, k) <= 1e-3) beyond += poissonMass(mean, k--);
    const values = drawn(`poisson ${mean}, tail`, { kind: "poisson", mean }, 5 * count);
    const found = values.reduce((sum, value) => sum + (value > k ? 1 : 0), 0);
    const expected = values.length * beyond;
    expect(expected).toBeGreaterThan(100);
    expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it("fillerOf draws each value of an empirical distribution equally often", () => {
    const values = [0.5, 0.1, 0.1, 7, 3, 2, 0];
    const block = drawn("empirical", { kind: "empirical", values }, count);
    const distinct = [...new Set(values)];
    const observed = distinct.map((value) => block.filter((other) => other === value).length);
    const expected = distinct.map(
      (value) => (count * values.filter((other) => other === value).length) / values.length,
    );
    expect(observed.reduce((sum, n) => sum + n, 0)).toBe(count);
    expect(chiSquareProbability(observed, expected)).toBeGreaterThan(PLAUSIBLE.least);
    expect(
      chiSquareProbability(
        observed,
        observed.map(() => count / observed.length),
      ),
    ).toBeLessThan(1e-8);
  });

  it("fillerOf draws a constant without drawing", () => {
    const generator = xoroshiro128plusFromState([1, 2, 3, 4]);
    const untouched = xoroshiro128plusFromState([1, 2, 3, 4]);
    const block = new Float64Array(64);
    fillerOf({ kind: "constant", value: 0.25 })(generator, block);
    expect(block.every((value) => value === 0.25)).toBe(true);
    expect(generator.next()).toBe(untouched.next());
  });
});

function lognormal(mu: number, sigma: number): Distribution {
  return { kind: "lognormal", mu, sigma };
}

function gamma(shape: number, scale: number): Distribution {
  return { kind: "gamma", shape, scale };
}

function weibull(shape: number, scale: number): Distribution {
  return { kind: "weibull", shape, scale };
}

function pareto(shape: number, minimum: number): Distribution {
  return { kind: "pareto", shape, minimum };
}

function hyperexponential(share: number): Distribution {
  return { kind: "hyperexponential", probabilities: [share, 1 - share], means: [0.005635083, 0.044364917] };
}

function quantiles(median: number): Distribution {
  return { kind: "quantiles", probabilities: [0, 0.5, 0.95, 0.99, 1], values: [0.004, median, 0.08, 0.2, 1] };
}

/** The tails hold 2,000 values only: what they must refuse has every parameter five times as far off. */
function furtherOff(right: Distribution, wrong: Distribution): Distribution {
  const others: Readonly<Record<string, unknown>> = { ...wrong };
  const far = (from: unknown, to: unknown): unknown => {
    if (typeof from === "number" && typeof to === "number") return from + 5 * (to - from);
    if (Array.isArray(from) && Array.isArray(to)) return from.map((item, k) => far(item, to[k]));
    return from;
  };
  return Object.fromEntries(
    Object.entries(right).map(([key, value]) => [key, far(value, others[key])]),
  ) as Distribution;
}

function drawn(name: string, distribution: Distribution, length: number): Float64Array {
  const generator = xoroshiro128plusFromState(streamState(streamKey("fill-block.theory", name), 20_261_121, 0));
  const block = new Float64Array(length);
  fillerOf(distribution)(generator, block);
  return block;
}
