import { describe, expect, it } from "vitest";
import { moments, mser5, sortedQuantile, sortedValues } from "../src/index.js";
import { exponential, normal } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

const seed = 20_261_121;

describe("mser5", () => {
  const length = 1000;
  const noise = 0.1;
  const decay = (i: number): number => 5 * Math.exp(-i / 50);

  function cutsOf(bias: (i: number) => number, paths: number): Float64Array {
    const random = seededRandom(seed);
    return Float64Array.from(
      { length: paths },
      () => mser5(Float64Array.from({ length }, (_, i) => bias(i) + noise * normal(random))).cut,
    );
  }

  it("mser5 cuts an exponential initial bias where its expected error is least", () => {
    const batches = Float64Array.from({ length: length / 5 }, (_, k) =>
      [0, 1, 2, 3, 4].reduce((sum, i) => sum + decay(5 * k + i) / 5, 0),
    );
    // E of the sum of squares: that of the bias, and (k - 1) times the variance of a batch mean.
    const errors = Array.from({ length: 100 }, (_, first) => {
      const { n, variance } = moments(batches.slice(first));
      return ((n - 1) * (variance + (noise * noise) / 5)) / (n * n);
    });
    const best = 5 * errors.indexOf(Math.min(...errors));
    const cuts = sortedValues(cutsOf(decay, 300));
    expect(best).toBeGreaterThan(150);
    expect(Math.abs(sortedQuantile(cuts, 0.5) - best)).toBeLessThanOrEqual(25);
    // Nine in ten leave a bias below the noise of a single value, and at least 70 % of the path.
    expect(decay(sortedQuantile(cuts, 0.1))).toBeLessThan(noise);
    expect(sortedQuantile(cuts, 0.9)).toBeLessThan(300);
  });

  it("mser5 cuts little where there is no bias", () => {
    const cuts = sortedValues(cutsOf(() => 0, 300));
    expect(sortedQuantile(cuts, 0.5)).toBe(0);
    expect(sortedQuantile(cuts, 0.95)).toBeLessThanOrEqual(50);
  });

  it("mser5 finds most trends through the whole run and few where there are none", () => {
    const random = seededRandom(seed);
    const flagged = (slope: number): number =>
      Array.from({ length: 400 }, () =>
        mser5(Float64Array.from({ length: 240 }, (_, i) => slope * i + normal(random))),
      ).filter(({ flags }) => flags.includes("run_too_short")).length / 400;
    expect(flagged(5 / 240)).toBeGreaterThan(0.85);
    expect(flagged(0)).toBeLessThan(0.05);
  });
});

describe("mser5 of M/M/1 waits from empty", () => {
  const customers = 3000;
  const replications = 25;
  // Arrival rate 1, service rate 10/9: rho / (mu - lambda) = 0.9 / (1/9).
  const truth = 8.1;

  function waits(random: () => number): Float64Array {
    const path = new Float64Array(customers);
    for (let k = 1; k < customers; k++) {
      path[k] = Math.max(0, path[k - 1] + 0.9 * exponential(random) - exponential(random));
    }
    return path;
  }

  it("mser5 of the average path removes the initial bias; cuts of single replications add to it", () => {
    const random = seededRandom(seed);
    const whole: number[] = [];
    const together: number[] = [];
    const oneByOne: number[] = [];
    for (let experiment = 0; experiment < 80; experiment++) {
      const paths = Array.from({ length: replications }, () => waits(random));
      const average = new Float64Array(customers).map(
        (_, k) => paths.reduce((sum, path) => sum + path[k], 0) / replications,
      );
      whole.push(moments(average).mean);
      together.push(mser5(average).mean);
      oneByOne.push(moments(paths.map((path) => mser5(path).mean)).mean);
    }
    const biasOf = (means: number[]): number => (moments(means).mean - truth) / truth;
    const errorOf = (means: number[]): number => moments(means).std / Math.sqrt(means.length) / truth;
    expect(Math.abs(biasOf(together))).toBeLessThan(3.3 * errorOf(together));
    expect(biasOf(whole)).toBeLessThan(-0.02);
    expect(biasOf(together)).toBeGreaterThan(biasOf(whole));
    expect(biasOf(oneByOne)).toBeLessThan(2 * biasOf(whole));
  });
});
