import { upperGamma } from "./incomplete-gamma.js";

/**
 * Probability that counts deviate from what is expected at least this much, by Pearson's chi-square with one degree of
 * freedom less than there are cells. Cells with fewer than 5 expected would make it meaningless and are refused.
 */
export function chiSquareProbability(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let statistic = 0;
  for (let cell = 0; cell < expected.length; cell++) {
    const mean = expected[cell]!;
    if (!(mean >= 5))
      throw new RangeError(`Cannot test cell ${cell}: expected count must be >= 5: current value is ${mean}`);
    const distance = observed[cell]! - mean;
    statistic += (distance * distance) / mean;
  }
  return upperGamma((expected.length - 1) / 2, statistic / 2);
}

/** What a fixed seed must give under a true hypothesis: neither a deviation nor a fit that chance does not produce. */
export const PLAUSIBLE = { least: 1e-4, most: 1 - 1e-4 } as const;
