/**
 * Counts of values in log-linear buckets, only the non-empty ones: the exchange form of a histogram. Two of them merge
 * exactly, in any order, by adding the counts of equal indices. `bucketLow(index)` and `bucketHigh(index)` give bounds.
 */
export interface HistogramBuckets {
  /** Ascending. */
  readonly indices: Int32Array;
  readonly counts: Float64Array;
}

/** Buckets in each doubling of the value: no bucket is wider than 1/128 of its lower bound. */
export const BUCKETS_PER_DOUBLING = 128;

/** Values below this [the metric's unit] are counted in bucket 0, which reaches from 0 to here. */
export const SMALLEST_VALUE: number = 1 / 1_073_741_824;

/** Lower bound of a bucket, included. */
export function bucketLow(index: number): number {
  return index === 0 ? 0 : bound(index - 1);
}

/** Upper bound of a bucket, excluded. */
export function bucketHigh(index: number): number {
  return bound(index);
}

function bound(position: number): number {
  let doubling = SMALLEST_VALUE;
  for (let k = Math.floor(position / BUCKETS_PER_DOUBLING); k > 0; k--) doubling *= 2;
  return doubling * (1 + (position % BUCKETS_PER_DOUBLING) / BUCKETS_PER_DOUBLING);
}
