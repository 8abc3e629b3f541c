import { bucketHigh, bucketLow, type HistogramBuckets } from "@loadstar/engine";
import { centralBuckets } from "./linear-bins.js";

/** A histogram over bins of equal ratio. */
export interface LogBins {
  /** Lower bound of each bin, and the upper bound of the last one, in the unit of the buckets. */
  readonly bounds: readonly number[];
  /** One for each bin: whole buckets, by their middles. */
  readonly counts: Float64Array;
  /** Counts outside the bounds. */
  readonly outside: number;
}

/**
 * Returns up to `bins` bins, each the same number of times as wide as the one before, over all values but the lowest and the highest
 * 0.1 %; no bin is narrower than its buckets. There must be at least one value, and the central ones must be above 0.
 */
export function logBins(buckets: HistogramBuckets, { bins }: { readonly bins: number }): LogBins {
  const { first, last } = centralBuckets(buckets);
  const low = bucketLow(first);
  const high = bucketHigh(last);
  const count = Math.max(1, Math.min(bins, last - first + 1));
  const step = Math.log(high / low) / count;
  const bounds = Array.from({ length: count + 1 }, (_, index) => low * Math.exp(index * step));
  const counts = new Float64Array(count);
  let outside = 0;
  for (const [position, index] of buckets.indices.entries()) {
    if (index < first || index > last) {
      outside += buckets.counts[position]!;
      continue;
    }
    const middle = Math.sqrt(bucketLow(index) * bucketHigh(index));
    const bin = Math.floor(Math.log(middle / low) / step);
    counts[Math.max(0, Math.min(count - 1, bin))]! += buckets.counts[position]!;
  }
  return { bounds, counts, outside };
}
