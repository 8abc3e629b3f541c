import { bucketHigh, bucketLow, type HistogramBuckets } from "@loadstar/engine";
import { niceStep } from "../quantity/nice-step.js";
import { unitScale, type UnitScale } from "../quantity/unit-scale.js";

/** Share of the values left out at each end, so that a few extreme ones do not flatten the rest. */
const TAIL_RATIO = 0.001;

/** A histogram over equal, round bins. */
export interface LinearBins {
  /** How the unit of the buckets is shown. */
  readonly scale: UnitScale;
  /** Lower bound of each bin, and the upper bound of the last one, in the shown unit. */
  readonly bounds: readonly number[];
  /** One for each bin; a bucket that bins share is divided by length, so counts may be fractions. */
  readonly counts: Float64Array;
  /** Counts outside the bounds. */
  readonly below: number;
  readonly above: number;
}

export interface LinearBinsOptions {
  /** Unit of the buckets' bounds. */
  readonly unit: string;
  /** About how many bins to make; the round width makes them up to 2.5 times fewer, or two more. */
  readonly rows: number;
}

/**
 * Returns the bins that cover all values but the lowest and the highest 0.1 %, of a width that is 1, 2 or 5 times a power
 * of ten and not below a bucket's; if these values share one bucket, that bucket. There must be at least one value.
 */
export function linearBins(buckets: HistogramBuckets, { unit, rows }: LinearBinsOptions): LinearBins {
  const { first, last } = centralBuckets(buckets);
  const scale = unitScale(unit, bucketHigh(last));
  const low = bucketLow(first) * scale.factor;
  const high = bucketHigh(last) * scale.factor;
  if (first === last) return binned(buckets, { scale, bounds: [low, high] });
  const widestBucket = high - bucketLow(last) * scale.factor;
  const step = niceStep(Math.max((high - low) / rows, widestBucket));
  const start = Math.floor(low / step);
  const bins = Math.ceil(high / step) - start;
  const bounds = Array.from({ length: bins + 1 }, (_, index) => (start + index) * step);
  return binned(buckets, { scale, bounds });
}

/** Where the values but the lowest and the highest 0.1 % begin and end, as bucket indices. */
export function centralBuckets({ indices, counts }: HistogramBuckets): {
  readonly first: number;
  readonly last: number;
} {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const beyond = (order: readonly number[]): number => {
    let passed = 0;
    return order.find((position) => (passed += counts[position]!) > TAIL_RATIO * total)!;
  };
  const positions = [...indices.keys()];
  return { first: indices[beyond(positions)]!, last: indices[beyond(positions.toReversed())]! };
}

function binned(
  buckets: HistogramBuckets,
  { scale, bounds }: { readonly scale: UnitScale; readonly bounds: readonly number[] },
): LinearBins {
  const counts = new Float64Array(bounds.length - 1);
  let below = 0;
  let above = 0;
  for (const [position, index] of buckets.indices.entries()) {
    const low = bucketLow(index) * scale.factor;
    const high = bucketHigh(index) * scale.factor;
    const countOn = (start: number, end: number): number =>
      (buckets.counts[position]! * Math.max(0, Math.min(high, end) - Math.max(low, start))) / (high - low);
    below += countOn(-Infinity, bounds[0]!);
    above += countOn(bounds.at(-1)!, Infinity);
    for (let bin = 0; bin < counts.length; bin++) counts[bin]! += countOn(bounds[bin]!, bounds[bin + 1]!);
  }
  return { scale, bounds, counts, below, above };
}
