import { bucketHigh, bucketLow, type HistogramBuckets } from "../src/index.js";

/** The p-quantile of what a histogram holds, linear within a bucket; exact to the width of a bucket, 1/128. */
export function bucketQuantile({ indices, counts }: HistogramBuckets, p: number): number {
  let remaining = p * counts.reduce((sum, count) => sum + count, 0);
  for (const [k, count] of counts.entries()) {
    if (remaining <= count) {
      const low = bucketLow(indices[k]!);
      return low + (bucketHigh(indices[k]!) - low) * (remaining / count);
    }
    remaining -= count;
  }
  return Number.NaN;
}

/** Share of values below the smallest that the histogram tells from 0: for waits, of those who did not wait. */
export function zeroShare({ indices, counts }: HistogramBuckets): number {
  const zeros = indices[0] === 0 ? counts[0]! : 0;
  return zeros / counts.reduce((sum, count) => sum + count, 0);
}
