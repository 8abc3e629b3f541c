import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { designMean, latinHypercube, morrisEffects, morrisTrajectories, sobolDesign } from "../src/index.js";
import { meanInterval, moments, sobolIndices, sobolPoints, uniformPoints, type Sample } from "../src/index.js";
import { acceptance, coverageExperiment, endsOf, type Coverage } from "./coverage-experiment.js";
import { normal } from "./laws-of-chance.js";
import { plainZ, rowByRowIndex } from "./naive-intervals.js";
import { seededRandom } from "./seeded-random.js";

const confidence = 0.95;
const experiments = 2000;
const nominal = acceptance({ covered: 0.95, experiments });

/** Rows of the table in README.md; the last test holds the two together. */
const rows: string[] = [];

function record({ truth, method, coverage }: { truth: string; method: string; coverage: Coverage }): void {
  rows.push(`| ${truth} | ${method} | ${(100 * coverage.covered).toFixed(1)} % covered |`);
}

/** Smooth, neither additive nor symmetric; its mean over the unit cube. */
const smooth = ([x, y, z]: Sample & Iterable<number>): number => Math.exp(x + y / 2) * (1 + z);
const SMOOTH_MEAN = (Math.E - 1) * 2 * (Math.exp(0.5) - 1) * 1.5;

describe("designs against independent points", () => {
  /** Variance of the mean over one design. */
  function varianceOf(draw: typeof uniformPoints, samples: number): number {
    const random = seededRandom(20_261_121);
    const means = Array.from(
      { length: 200 },
      () => moments(draw({ samples, dimensions: 3, random }).map((point) => smooth(point))).mean,
    );
    return moments(means).variance;
  }

  it("uniformPoints: the variance of the mean goes down as 1/n", () => {
    // Ratios of variances of 200 values are within [0.75, 1.33] of their truth 95 % of the time.
    expect(varianceOf(uniformPoints, 16) / varianceOf(uniformPoints, 256)).toBeGreaterThan(16 / 1.6);
    expect(varianceOf(uniformPoints, 16) / varianceOf(uniformPoints, 256)).toBeLessThan(16 * 1.6);
  });

  it("latinHypercube takes the additive part of the variance away", () => {
    // Second moments e^2 / 2 - 1 / 2, e - 1 and 7 / 3 of the three factors: of the variance 1.6253 all but 1.5629 is not
    // additive, and that is what is left for many points (Stein 1987).
    const gain = varianceOf(uniformPoints, 256) / varianceOf(latinHypercube, 256);
    expect(gain).toBeGreaterThan(1.6253 / 0.0624 / 1.6);
    expect(gain).toBeLessThan((1.6253 / 0.0624) * 1.6);
  });

  it("sobolPoints converges faster than 1/n^2", () => {
    expect(varianceOf(sobolPoints, 16) / varianceOf(sobolPoints, 256)).toBeGreaterThan(16 * 16);
    expect(varianceOf(uniformPoints, 256) / varianceOf(sobolPoints, 256)).toBeGreaterThan(1000);
  });
});

describe("designMean coverage", () => {
  it.each([
    { name: "Latin hypercube", draw: latinHypercube },
    { name: "Sobol points", draw: sobolPoints },
  ])("designMean covers over $name where the formula for independent points does not", ({ name, draw }) => {
    const mean = (samples: number, random: () => number): number[] =>
      draw({ samples, dimensions: 3, random }).map((point) => smooth(point));
    const found = coverageExperiment({
      experiments,
      experiment: (random) => {
        const means = Array.from({ length: 8 }, () => moments(mean(16, random)).mean);
        return [{ ...endsOf(designMean(means, { confidence })), truth: SMOOTH_MEAN }];
      },
    });
    const control = coverageExperiment({
      experiments,
      experiment: (random) => [{ ...endsOf(meanInterval(mean(128, random), { confidence })), truth: SMOOTH_MEAN }],
    });
    record({ truth: `mean over 8 x 16 points, ${name}`, method: "`designMean`", coverage: found });
    record({ truth: "", method: "128 points as if independent (control)", coverage: control });
    expect(found.hits).toBeGreaterThanOrEqual(nominal.low);
    expect(found.hits).toBeLessThanOrEqual(nominal.high);
    expect(control.hits).toBeGreaterThan(nominal.high);
  });
});

/** exp(a x + b y + s e) with e normal: Sobol indices of a product, first and total of x, y and e. */
function productIndices({ a, b, s }: { a: number; b: number; s: number }): readonly number[] {
  const uniform = (slope: number): { mean: number; square: number } => ({
    mean: (Math.exp(slope) - 1) / slope,
    square: (Math.exp(2 * slope) - 1) / (2 * slope),
  });
  const factors = [uniform(a), uniform(b), { mean: Math.exp((s * s) / 2), square: Math.exp(2 * s * s) }];
  const square = factors.reduce((product, factor) => product * factor.square, 1);
  const squaredMean = factors.reduce((product, { mean }) => product * mean * mean, 1);
  return factors.flatMap((factor) => {
    const own = factor.square - factor.mean * factor.mean;
    const first = (own * squaredMean) / (factor.mean * factor.mean);
    const total = (own * square) / factor.square;
    return [first / (square - squaredMean), total / (square - squaredMean)];
  });
}

describe("sobolIndices", () => {
  /** Ishigami and Homma 1990, with a = 7 and b = 0.1. */
  function ishigami(point: Float64Array): number {
    const [x, y, z] = point.map((u) => Math.PI * (2 * u - 1));
    return Math.sin(x) + 7 * Math.sin(y) * Math.sin(y) + 0.1 * z * z * z * z * Math.sin(x);
  }

  it("sobolIndices of the Ishigami function are the published ones, and the seed has none", () => {
    const options = { samples: 512, dimensions: 3, randomizations: 8 };
    const runs = sobolDesign({ ...options, random: seededRandom(20_261_121) });
    const outcomes = runs.map(({ point }) => ishigami(point));
    const indices = sobolIndices(outcomes, { ...options, confidence: 0.99 });
    const published = [
      { first: 0.313905, total: 0.557589 },
      { first: 0.442411, total: 0.442411 },
      { first: 0, total: 0.243684 },
      { first: 0, total: 0 },
    ];
    for (const [factor, { first, total }] of published.entries()) {
      for (const [found, truth] of [
        [indices[factor].first, first],
        [indices[factor].total, total],
      ] as const) {
        expect(Math.abs(found.estimate - truth)).toBeLessThan(0.02);
        expect(found.ci_low).toBeLessThanOrEqual(truth);
        expect(found.ci_high).toBeGreaterThanOrEqual(truth);
      }
    }
    expect(indices[3].total.flags).toEqual(["no_effect"]);
  });

  it("sobolIndices covers where rows as if independent do not", () => {
    const law = { a: 1, b: 0.5, s: 0.2 };
    const truths = productIndices(law);
    const dimensions = 2;
    const outcomesOf = (options: { samples: number; randomizations: number }, random: () => number): number[] => {
      const luck = Float64Array.from({ length: 256 }, () => law.s * normal(random));
      const runs = sobolDesign({ ...options, dimensions, random });
      return runs.map(({ point: [x, y], replication }) => Math.exp(law.a * x + law.b * y + luck[replication]));
    };
    const hits = truths.map(() => ({ found: 0, control: 0 }));
    const random = seededRandom(20_261_121);
    for (let k = 0; k < experiments; k++) {
      const blocks = { samples: 16, randomizations: 8 };
      const indices = sobolIndices(outcomesOf(blocks, random), { ...blocks, dimensions, confidence });
      const found = indices.flatMap(({ first, total }) => [endsOf(first), endsOf(total)]);
      const control = rowByRowIndex(outcomesOf({ samples: 64, randomizations: 2 }, random), dimensions);
      for (const [index, truth] of truths.entries()) {
        const holds = ({ low, high }: { low: number; high: number }): number => Number(low <= truth && truth <= high);
        hits[index].found += holds(found[index]);
        hits[index].control += holds(control[index]);
      }
    }
    const names = ["first, x", "total, x", "first, y", "total, y", "first, seed", "total, seed"];
    for (const [index, { found, control }] of hits.entries()) {
      const coverageOf = (count: number): Coverage => ({ experiments, hits: count, covered: count / experiments });
      record({ truth: `${names[index]}, 8 x 16 rows`, method: "`sobolIndices`", coverage: coverageOf(found) });
      record({ truth: "", method: "128 rows as if independent (control)", coverage: coverageOf(control) });
      // The ratio of two means from 128 rows of a skewed law: up to two points short of its level.
      expect(found / experiments).toBeGreaterThan(0.92);
      expect(found).toBeLessThanOrEqual(nominal.high);
    }
    // What the parameters do is balanced by the design; the luck of the rows is independent.
    for (const { control } of hits.slice(0, 4)) expect(control).toBeGreaterThan(nominal.high);
  });
});

describe("morrisEffects coverage", () => {
  it("morrisEffects covers the effect of the seed where a normal quantile does not", () => {
    // Differences of two standard normals: their size is 2 / sqrt(pi) in the mean.
    const truth = 2 / Math.sqrt(Math.PI);
    const sizes = (random: () => number): { outcomes: number[]; walks: ReturnType<typeof morrisTrajectories> } => {
      const walks = morrisTrajectories({ trajectories: 8, dimensions: 1, random });
      const luck = Float64Array.from({ length: 16 }, () => normal(random));
      const outcomes = walks.flatMap(({ runs }) =>
        runs.map(({ point, replication }) => 3 * point[0] + luck[replication]),
      );
      return { outcomes, walks };
    };
    const effect = (random: () => number): ReturnType<typeof morrisEffects>[number] => {
      const { outcomes, walks } = sizes(random);
      return morrisEffects(walks, { outcomes, confidence })[1];
    };
    const found = coverageExperiment({
      experiments,
      experiment: (random) => [{ ...endsOf(effect(random).mu_star), truth }],
    });
    const control = coverageExperiment({
      experiments,
      experiment: (random) => [{ ...plainZ(effect(random).mu_star), truth }],
    });
    record({ truth: "mu_star of the seed, 8 trajectories", method: "`morrisEffects`", coverage: found });
    record({ truth: "", method: "normal quantile (control)", coverage: control });
    expect(found.covered).toBeGreaterThan(0.93);
    expect(control.hits).toBeLessThan(nominal.low);
  });
});

it("README.md shows the coverage of designs that was measured above", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(readme.split("\n").filter((line) => line.endsWith(" % covered |"))).toEqual(rows);
});
