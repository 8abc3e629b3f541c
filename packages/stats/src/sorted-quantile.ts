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
  requireFraction({ action: "compute quantile", name: "probability", value: probability });
  if (sorted.length === 0) return NaN;
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const fraction = position - below;
  const low = sorted[below];
  if (fraction === 0) return low;
  const high = sorted[below + 1];
  // Rounding can carry the weighted mean just past a neighbour.
  return Math.min(Math.max(low * (1 - fraction) + high * fraction, low), high);
}
