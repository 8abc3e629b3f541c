import { bucketHigh, bucketLow, type HistogramBuckets } from "@loadstar/engine/runs";

/** The quantile of the values counted in buckets, evenly spread in each; NaN without values. */
export function bucketQuantile({ indices, counts }: HistogramBuckets, probability: number): number {
  let total = 0;
  for (const count of counts) total += count;
  let left = probability * total;
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k]!;
    if (left > count && k < counts.length - 1) {
      left -= count;
      continue;
    }
    const low = bucketLow(indices[k]!);
    return low + (bucketHigh(indices[k]!) - low) * Math.min(1, left / count);
  }
  return Number.NaN;
}
