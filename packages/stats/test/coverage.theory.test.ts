import { describe, expect, it } from "vitest";
import { binomialCdf, clopperPearsonInterval, meanInterval, moments, normalQuantile } from "../src/index.js";
import { orderStatisticRanks, simultaneousBand, quantileInterval, wilsonInterval } from "../src/index.js";
import { acceptance, coverageExperiment, draw, endsOf, expectCoverage } from "./coverage-experiment.js";
import type { Coverage, Interval } from "./coverage-experiment.js";
import { CoverageTable } from "./coverage-table.js";
import { exponential, firstWaits, lognormal, normal, reliability } from "./laws-of-chance.js";
import type { Law } from "./laws-of-chance.js";
import { normalTheoryQuantile, plainT, wald } from "./naive-intervals.js";

const confidence = 0.95;
const experiments = 2000;

const table = new CoverageTable("## Measured coverage");
const record = table.record.bind(table);

it("acceptance of 2,000 experiments at 95 % is [1867, 1931]", () => {
  expect(acceptance({ covered: 0.95, experiments })).toEqual({ low: 1867, high: 1931 });
});

describe("meanInterval coverage", () => {
  interface Case {
    readonly name: string;
    readonly law: Law;
    readonly truth: number;
    readonly n: number;
    readonly experiments: number;
  }

  /** By `meanInterval` and by Student's t, on the same samples. */
  function coverMean({ name, law, truth, n, experiments }: Case): { chosen: Coverage; plain: Coverage } {
    const repeat = (interval: (sample: Float64Array) => Interval): Coverage =>
      coverageExperiment({ experiments, experiment: (random) => [{ ...interval(draw(law, n, random)), truth }] });
    const chosen = repeat((sample) => endsOf(meanInterval(sample, { confidence })));
    const plain = repeat(plainT);
    record({ truth: `mean, ${name}, n = ${n}`, method: "`meanInterval`", coverage: chosen });
    record({ truth: "", method: law === normal ? "t always" : "t always (control)", coverage: plain });
    return { chosen, plain };
  }

  it("meanInterval and plain t hold their level on normal samples", () => {
    const { chosen, plain } = coverMean({ name: "normal", law: normal, truth: 0, n: 20, experiments });
    expectCoverage(chosen, 0.95);
    expectCoverage(plain, 0.95);
  });

  it("meanInterval covers the reliability model where plain t does not", () => {
    const name = "reliability model";
    const { chosen, plain } = coverMean({ name, law: reliability, truth: 7 / 9, n: 20, experiments: 10_000 });
    expect(chosen.covered).toBeGreaterThanOrEqual(0.915);
    expect(plain.covered).toBeLessThan(0.87);
  });

  it.each([
    { name: "exponential", law: exponential, truth: 1, n: 10, floor: 0.93, gain: 0.02 },
    { name: "exponential", law: exponential, truth: 1, n: 30, floor: 0.94, gain: 0.01 },
    { name: "lognormal, sigma 1", law: lognormal(1), truth: Math.exp(0.5), n: 100, floor: 0.92, gain: 0.01 },
    { name: "first 25 waits of M/M/1", law: firstWaits, truth: 2.124489, n: 20, floor: 0.92, gain: 0.01 },
  ])("meanInterval comes closer than plain t: $name, n = $n", ({ floor, gain, ...law }) => {
    const { chosen, plain } = coverMean({ ...law, experiments: 10_000 });
    expect(chosen.covered).toBeGreaterThan(floor);
    expect(chosen.covered).toBeGreaterThan(plain.covered + gain);
  });
});

describe("quantileInterval coverage", () => {
  const law = lognormal(2);
  const n = 100;

  it.each([0.5, 0.9])("quantileInterval covers the %d quantile of a heavily skewed law as computed", (probability) => {
    const truth = Math.exp(2 * normalQuantile(probability));
    const repeat = (interval: (sample: Float64Array) => Interval): Coverage =>
      coverageExperiment({ experiments, experiment: (random) => [{ ...interval(draw(law, n, random)), truth }] });
    const found = repeat((sample) => endsOf(quantileInterval(sample, { probability, confidence })));
    const control = repeat((sample) => normalTheoryQuantile(sample, probability));
    const name = `quantile ${probability}, lognormal, sigma 2, n = ${n}`;
    record({ truth: name, method: "`quantileInterval`", coverage: found });
    record({ truth: "", method: "normal theory (control)", coverage: control });
    expectCoverage(found, orderStatisticRanks({ n, probability, confidence }).coverage);
    expect(found.covered).toBeGreaterThanOrEqual(0.95);
    expect(control.covered).toBeLessThan(0.8);
  });
});

describe("wilsonInterval coverage", () => {
  const trials = 100;
  const probability = 0.05;
  type Method = (successes: number) => Interval;
  const wilson: Method = (successes) => endsOf(wilsonInterval({ successes, trials, confidence }));
  const exact: Method = (successes) => endsOf(clopperPearsonInterval({ successes, trials, confidence }));
  const naive: Method = (successes) => wald({ successes, trials });

  /** The binomial probability of the counts whose interval contains the truth. */
  function exactCoverage(interval: Method, truth: number): number {
    const cdf = (successes: number): number => binomialCdf({ successes, trials, probability: truth });
    let covered = 0;
    for (let successes = 0; successes <= trials; successes++) {
      const { low, high } = interval(successes);
      if (low <= truth && truth <= high) covered += cdf(successes) - cdf(successes - 1);
    }
    return covered;
  }

  it.each([
    { name: "probability 0.05, n = 100", method: "`wilsonInterval`", interval: wilson, from: 0.93, below: 0.98 },
    { name: "", method: "`clopperPearsonInterval`", interval: exact, from: 0.95, below: 0.995 },
    { name: "", method: "Wald (control)", interval: naive, from: 0.8, below: 0.9 },
  ])("wilsonInterval against others on a rare event: $method", ({ name, method, interval, from, below }) => {
    const coverage = coverageExperiment({
      experiments,
      experiment: (random) => {
        let successes = 0;
        for (let k = 0; k < trials; k++) successes += random() < probability ? 1 : 0;
        return [{ ...interval(successes), truth: probability }];
      },
    });
    record({ truth: name, method, coverage });
    expectCoverage(coverage, exactCoverage(interval, probability));
    expect(coverage.covered).toBeGreaterThanOrEqual(from);
    expect(coverage.covered).toBeLessThan(below);
  });

  it("wilsonInterval covers 95 % on average over probabilities, clopperPearsonInterval never less", () => {
    const truths = Array.from({ length: 199 }, (_, k) => (k + 1) / 200);
    let total = 0;
    for (const truth of truths) {
      total += exactCoverage(wilson, truth);
      expect(exactCoverage(exact, truth)).toBeGreaterThanOrEqual(0.95);
    }
    expect(total / truths.length).toBeCloseTo(0.95, 2);
  });
});

describe("simultaneousBand coverage", () => {
  const cells = 50;
  const n = 30;

  /** Of whole paths of an autoregression with coefficient 0.8 and mean 0, by a band that was made for `cellsAssumed` points. */
  function coverPath(cellsAssumed: number): Coverage {
    return coverageExperiment({
      experiments,
      experiment: (random) => {
        const levels = new Float64Array(n).map(() => normal(random) / 0.6);
        return Array.from({ length: cells }, () => {
          const found = moments(levels);
          for (let k = 0; k < n; k++) levels[k] = 0.8 * levels[k] + normal(random);
          return { ...simultaneousBand({ ...found, confidence, cells: cellsAssumed }), truth: 0 };
        });
      },
    });
  }

  it("simultaneousBand covers a whole path of dependent points where pointwise intervals do not", () => {
    const band = coverPath(cells);
    const pointwise = coverPath(1);
    record({ truth: "path of 50 dependent cells, n = 30", method: "`simultaneousBand`", coverage: band });
    record({ truth: "", method: "cell by cell (control)", coverage: pointwise });
    expect(band.covered).toBeGreaterThanOrEqual(0.95);
    expect(pointwise.covered).toBeLessThan(0.6);
  });
});

it("README.md shows the coverage that was measured above", () => table.expectShown());
