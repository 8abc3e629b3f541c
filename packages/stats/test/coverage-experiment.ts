import { expect } from "vitest";
import { binomialCdf } from "../src/index.js";
import type { Estimate } from "../src/index.js";
import type { Law } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An interval and what it should contain. */
export interface Attempt extends Interval {
  readonly truth: number;
}

export interface Coverage {
  readonly experiments: number;
  readonly hits: number;
  /** Fraction of experiments in which every attempt contained its truth. */
  readonly covered: number;
}

/** Repeats `experiment` on one seeded stream of random numbers and counts how often all its intervals hold. */
export function coverageExperiment({
  experiments,
  experiment,
}: {
  readonly experiments: number;
  readonly experiment: (random: () => number) => readonly Attempt[];
}): Coverage {
  const random = seededRandom(20_261_121);
  let hits = 0;
  for (let k = 0; k < experiments; k++) {
    if (experiment(random).every(({ low, high, truth }) => low <= truth && truth <= high)) hits++;
  }
  return { experiments, hits, covered: hits / experiments };
}

/** The hits that 99.9 % of coverage experiments have, ends included, if the true coverage is `covered`. */
export function acceptance({ covered, experiments }: { covered: number; experiments: number }): Interval {
  const cdf = (successes: number): number => binomialCdf({ successes, trials: experiments, probability: covered });
  let low = 0;
  while (cdf(low) < 0.0005) low++;
  let high = low;
  while (cdf(high) < 0.9995) high++;
  return { low, high };
}

export function endsOf({ ci_low, ci_high }: Estimate): Interval {
  return { low: ci_low, high: ci_high };
}

/** Expects the hits of an interval that covers exactly `covered`. */
export function expectCoverage({ experiments, hits }: Coverage, covered: number): void {
  const { low, high } = acceptance({ covered, experiments });
  expect(hits).toBeGreaterThanOrEqual(low);
  expect(hits).toBeLessThanOrEqual(high);
}

export function draw(law: Law, n: number, random: () => number): Float64Array {
  return Float64Array.from({ length: n }, () => law(random));
}
