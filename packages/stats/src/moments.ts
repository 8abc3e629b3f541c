import { sum, sumSimple } from "simple-statistics";
import type { Sample } from "./sample.js";

/** What `moments` gives: units are those of the sample, its square for `variance`, none for `skewness`. */
export interface Moments {
  readonly n: number;
  /** NaN for an empty sample; infinite if a value or the sum is. */
  readonly mean: number;
  /** Unbiased, divisor n - 1. NaN below two values. */
  readonly variance: number;
  /** Square root of `variance`, without its overflow and underflow: 0 only if all values are equal but for subnormals. */
  readonly std: number;
  /** Moment coefficient g1 = m3 / m2^1.5 with divisor n, not adjusted for bias. NaN where `std` is 0 or NaN. */
  readonly skewness: number;
}

/**
 * Returns the first moments of a sample, in two passes: a compensated sum (Neumaier 1974, `sum` of simple-statistics)
 * for the mean, then powers of the deviations, scaled by the largest and freed of the rounding of the mean (after the
 * corrected two-pass algorithm of Chan, Golub and LeVeque 1983, eq. 1.7). The variance and skewness of simple-statistics
 * are not used: they sum plainly, and throw for small n.
 *
 * NaN anywhere makes everything but `n` NaN.
 */
export function moments(sample: Sample): Moments {
  const n = sample.length;
  const mean = meanOf(sample);
  if (n < 2) return { n, mean, variance: NaN, std: NaN, skewness: NaN };

  let scale = 0;
  let residue = 0;
  for (let i = 0; i < n; i++) {
    const deviation = sample[i] - mean;
    scale = Math.max(scale, Math.abs(deviation));
    residue += deviation;
  }
  if (scale === 0) return { n, mean, variance: 0, std: 0, skewness: NaN };

  const rounding = residue / n;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < n; i++) {
    const deviation = (sample[i] - mean - rounding) / scale;
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  const std = scale * Math.sqrt(squares / (n - 1));
  const meanSquare = squares / n;
  return { n, mean, variance: std * std, std, skewness: cubes / n / (meanSquare * Math.sqrt(meanSquare)) };
}

/** The mean of equal values is that value: n x / n can round to a neighbour, and a zero std would be missed. */
function meanOf(sample: Sample): number {
  const n = sample.length;
  if (isConstant(sample)) return sample[0];
  const values = sample as readonly number[];
  const total = sum(values);
  return (Number.isNaN(total) ? sumSimple(values) : total) / n;
}

function isConstant(sample: Sample): boolean {
  for (let i = 1; i < sample.length; i++) {
    if (sample[i] !== sample[0]) return false;
  }
  return sample.length > 0;
}
