import { describe, expect, it } from "vitest";
import { meanInterval, moments, overlappingBatchMeans } from "../src/index.js";
import { acceptance, coverageExperiment, endsOf } from "./coverage-experiment.js";
import type { Coverage, Interval } from "./coverage-experiment.js";
import { autoregression } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

const confidence = 0.95;

describe("overlappingBatchMeans", () => {
  it("overlappingBatchMeans estimates the variance of an autoregression's mean", () => {
    // n Var(mean) tends to (1 + 0.9) / (1 - 0.9) = 19; batches of b lose 2 * 0.9 / (0.1^2 b) of it: 0.36 at b = 500.
    const random = seededRandom(20_261_121);
    const length = 20_000;
    const variances = Float64Array.from({ length: 60 }, () => {
      const series = autoregression({ coefficient: 0.9, length, random });
      const { std_error } = overlappingBatchMeans(series, { batch: 500, confidence });
      return std_error * std_error * length;
    });
    const { mean, std } = moments(variances);
    expect(Math.abs(mean - 18.64)).toBeLessThan((3.3 * std) / Math.sqrt(60));
    // Degrees 1.5 (n / b - 1): the relative variance of the estimate is 2 / degrees.
    const degrees = 1.5 * (length / 500 - 1);
    expect(std / mean / Math.sqrt(2 / degrees)).toBeGreaterThan(0.7);
    expect(std / mean / Math.sqrt(2 / degrees)).toBeLessThan(1.3);
  });

  it("overlappingBatchMeans covers where independent intervals do not: 500 runs", () => {
    const repeat = (interval: (series: Float64Array) => Interval): Coverage =>
      coverageExperiment({
        experiments: 500,
        experiment: (random) => [{ ...interval(autoregression({ coefficient: 0.9, length: 5000, random })), truth: 0 }],
      });
    const batches = repeat((series) => endsOf(overlappingBatchMeans(series, { confidence })));
    const { low, high } = acceptance({ covered: confidence, experiments: 500 });
    expect(batches.hits).toBeGreaterThanOrEqual(low);
    expect(batches.hits).toBeLessThanOrEqual(high);
    expect(repeat((series) => endsOf(meanInterval(series, { confidence }))).covered).toBeLessThan(0.45);
  });
});
