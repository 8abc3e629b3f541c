import { describe, expect, it } from "vitest";
import { exceedanceCurve, expectedShortfall, moments, normalQuantile, valueAtRisk } from "../src/index.js";
import { orderStatisticRanks, studentTQuantile, wilsonInterval } from "../src/index.js";
import { coverageExperiment, draw, endsOf, expectCoverage } from "./coverage-experiment.js";
import type { Attempt, Coverage, Interval } from "./coverage-experiment.js";
import { CoverageTable } from "./coverage-table.js";
import { exponential, lognormal, normal } from "./laws-of-chance.js";
import type { Law } from "./laws-of-chance.js";
import { normalTheoryQuantile } from "./naive-intervals.js";
import { seededRandom } from "./seeded-random.js";

const confidence = 0.95;
const experiments = 2000;
const table = new CoverageTable("### Risk");

/** Standard normal density. */
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** A law's quantiles at (i - 0.5) / n. */
function grid(quantile: (probability: number) => number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => quantile((i + 0.5) / n));
}

describe("known values", () => {
  const n = 100_000;

  it("valueAtRisk and expectedShortfall of the normal at 0.95 are 1.644854 and 2.062713", () => {
    const sample = grid(normalQuantile, n);
    const probability = 0.95;
    // Between two grid points, which are 1 / (n density) apart.
    const step = 1 / (n * density(1.644854));
    expect(Math.abs(valueAtRisk(sample, { probability, confidence }).estimate - 1.644854)).toBeLessThan(step);
    // The quantile function is convex above 0: a midpoint sum stays below its integral. The last cell, h = 1 / n, misses
    // density(z) - h q(1 - h / 2), z = q(1 - h); the others at most h^2 / 8 times the slope there, 1 / density(z).
    const h = 1 / n;
    const z = normalQuantile(1 - h);
    const missed = density(z) - h * normalQuantile(1 - h / 2) + (h * h) / (8 * density(z));
    const { estimate } = expectedShortfall(sample, { probability, confidence });
    expect(density(normalQuantile(probability)) / 0.05).toBeCloseTo(2.062713, 6);
    expect(estimate).toBeLessThan(2.0627128);
    expect(estimate).toBeGreaterThan(2.062712 - missed / 0.05);
    expect(missed / 0.05).toBeLessThan(3e-5);
  });

  it("valueAtRisk and expectedShortfall of the exponential at 0.99 are 4.605170 and 5.605170", () => {
    const sample = grid((probability) => -Math.log1p(-probability), n);
    const probability = 0.99;
    const step = 1 / (n * 0.01);
    expect(Math.abs(valueAtRisk(sample, { probability, confidence }).estimate - 4.60517)).toBeLessThan(step);
    // The tail has m = 1000 points; the sum of ln(i - 1/2) is ln Gamma(m + 1/2) - ln Gamma(1/2), and Stirling's series
    // leaves 5.605170 - ln 2 / (2 m) + 1 / (24 m^2).
    const m = 1000;
    const expected = 1 - Math.log(0.01) - Math.LN2 / (2 * m) + 1 / (24 * m * m);
    expect(expectedShortfall(sample, { probability, confidence }).estimate).toBeCloseTo(expected, 10);
    expect(expected).toBeCloseTo(5.60517, 3);
  });

  it("expectedShortfall of the exponential has standard error sqrt((1 + p) / (n (1 - p)))", () => {
    // Manistre and Hancock 2005: (Var(X | X > V) + p (ES - V)^2) / (n (1 - p)), here 1 and 1.
    const sample = grid((probability) => -Math.log1p(-probability), n);
    const { std_error } = expectedShortfall(sample, { probability: 0.9, confidence });
    expect(std_error / Math.sqrt(1.9 / (n * 0.1))).toBeCloseTo(1, 3);
  });
});

describe("expectedShortfall coverage", () => {
  /** The same estimate and standard error with a quantile of Student's t. */
  function symmetric(sample: Float64Array, probability: number): Interval {
    const { estimate, std_error, n } = expectedShortfall(sample, { probability, confidence });
    const reach = -studentTQuantile({ probability: 0.025, degrees: n - 1 }) * std_error;
    return { low: estimate - reach, high: estimate + reach };
  }

  /** The mean of the tail as if the tail had been drawn alone: without the error of the value at risk. */
  function tailMean(sample: Float64Array, probability: number): Interval {
    const { n, mean, std } = moments(sample.sort().slice(Math.round(sample.length * probability)));
    const reach = (1.959964 * std) / Math.sqrt(n);
    return { low: mean - reach, high: mean + reach };
  }

  interface Case {
    readonly name: string;
    readonly law: Law;
    readonly probability: number;
    readonly n: number;
    readonly truth: number;
  }

  const z = normalQuantile(0.95);
  const cases: readonly Case[] = [
    { name: "normal", law: normal, probability: 0.95, n: 1000, truth: density(z) / 0.05 },
    { name: "exponential", law: exponential, probability: 0.95, n: 1000, truth: 1 - Math.log(0.05) },
    // E[X | X > V] = e^(1/2) Phi(1 - z) / 0.05; Phi(1 - z) = Phi(-0.6448536) = 0.2595110.
    { name: "lognormal, sigma 1", law: lognormal(1), probability: 0.95, n: 1000, truth: 8.557227 },
  ];

  it.each(cases)("expectedShortfall covers where the tail's own error does not: $name", (at) => {
    const { name, law, probability, n, truth } = at;
    const repeat = (interval: (sample: Float64Array) => Interval): Coverage =>
      coverageExperiment({ experiments, experiment: (random) => [{ ...interval(draw(law, n, random)), truth }] });
    const found = repeat((sample) => endsOf(expectedShortfall(sample, { probability, confidence })));
    const plain = repeat((sample) => symmetric(sample, probability));
    const control = repeat((sample) => tailMean(sample, probability));
    table.record({
      truth: `expected shortfall ${probability}, ${name}, n = ${n}`,
      method: "`expectedShortfall`",
      coverage: found,
    });
    table.record({ truth: "", method: "t always", coverage: plain });
    table.record({ truth: "", method: "tail mean and its std / sqrt(tail) (control)", coverage: control });
    expect(found.covered).toBeGreaterThanOrEqual(0.93);
    expect(found.hits).toBeLessThanOrEqual(1931);
    expect(found.hits).toBeGreaterThan(plain.hits);
    expect(control.covered).toBeLessThan(0.86);
  });
});

describe("valueAtRisk coverage", () => {
  it("valueAtRisk covers as computed where a fitted normal does not", () => {
    const probability = 0.95;
    const n = 200;
    const truth = -Math.log(0.05);
    const repeat = (interval: (sample: Float64Array) => Interval): Coverage =>
      coverageExperiment({
        experiments,
        experiment: (random) => [{ ...interval(draw(exponential, n, random)), truth }],
      });
    const found = repeat((sample) => endsOf(valueAtRisk(sample, { probability, confidence })));
    const control = repeat((sample) => normalTheoryQuantile(sample, probability));
    table.record({ truth: `value at risk 0.95, exponential, n = ${n}`, method: "`valueAtRisk`", coverage: found });
    table.record({ truth: "", method: "normal theory (control)", coverage: control });
    expectCoverage(found, orderStatisticRanks({ n, probability, confidence }).coverage);
    expect(control.covered).toBeLessThan(0.8);
  });
});

describe("exceedanceCurve coverage", () => {
  const n = 100;

  /** Both limits of every step; the law is uniform, so the truth above x is 1 - x. */
  function steps(sample: Float64Array, band: (share: number) => Interval): Attempt[] {
    const { values, exceedance } = exceedanceCurve(sample, { confidence });
    return [...values].flatMap((value, i) => {
      const before = i === 0 ? 1 : exceedance[i - 1];
      return [before, exceedance[i]].map((share) => ({ ...band(share), truth: 1 - value }));
    });
  }

  it("exceedanceCurve holds everywhere at once, where one interval for each value does not", () => {
    const uniform: Law = (random) => random();
    const { reach } = exceedanceCurve(new Float64Array(n), { confidence });
    const repeat = (band: (share: number) => Interval): Coverage =>
      coverageExperiment({ experiments, experiment: (random) => steps(draw(uniform, n, random), band) });
    const curve = repeat((share) => ({ low: share - reach, high: share + reach }));
    const control = repeat((share) =>
      endsOf(wilsonInterval({ successes: Math.round(n * share), trials: n, confidence })),
    );
    table.record({ truth: `whole exceedance curve, n = ${n}`, method: "`exceedanceCurve`", coverage: curve });
    table.record({ truth: "", method: "Wilson at each value (control)", coverage: control });
    // P(sup |F_n - F| <= 0.1358102) at n = 100 is 0.95467 (Marsaglia, Tsang and Wang 2003).
    expectCoverage(curve, 0.95467);
    expect(control.covered).toBeLessThan(0.7);
  });

  it("exceedanceCurve's own columns are that band", () => {
    const random = seededRandom(7);
    const found = exceedanceCurve(draw(exponential, n, random), { confidence });
    const last = n - 1;
    expect(found.band_low[0]).toBe(found.exceedance[0] - found.reach);
    expect(found.band_high[last]).toBe(found.exceedance[last] + found.reach);
  });
});

it("README.md shows the coverage of risks that was measured above", () => table.expectShown());
