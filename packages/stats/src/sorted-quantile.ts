import { requireFraction } from "./require-fraction.js";
import type { Sample } from "./sample.js";

/**
 * Returns the sample quantile of an ascending sample without NaN: linear between the order statistics around position
 * 1 + (n - 1) p, as NumPy and R do by default (Hyndman and Fan 1996, type 7). NaN for an empty sample.
 *
 * Infinite values are ordered like others: between a finite and an infinite neighbour the result is the infinite one,
 * between -Infinity and +Infinity it is NaN.
 *
 * @throws RangeError unless 0 < probability < 1.
 */
export function sortedQuantile(sorted: Sample, probability: number): number {
  const position = quantilePosition(sorted.length, probability);
  return sorted.length === 0 ? NaN : quantileAt(sorted, position);
}

/** A place in an ascending sample: this share of the way from the value at `below` to the next. */
export interface SamplePosition {
  readonly below: number;
  readonly fraction: number;
}

/** Where that quantile lies in samples of `n` values, so that many samples of one size ask once. @throws as `sortedQuantile` */
export function quantilePosition(n: number, probability: number): SamplePosition {
  requireFraction({ action: "compute quantile", name: "probability", value: probability });
  const position = (n - 1) * probability;
  const below = Math.floor(position);
  return { below, fraction: position - below };
}

/** The quantile at a `quantilePosition` of a sample that is ascending up to there. */
export function quantileAt(sorted: Sample, { below, fraction }: SamplePosition): number {
  const low = sorted[below];
  if (fraction === 0) return low;
  const high = sorted[below + 1];
  // Rounding can carry the weighted mean just past a neighbour.
  return Math.min(Math.max(low * (1 - fraction) + high * fraction, low), high);
}
