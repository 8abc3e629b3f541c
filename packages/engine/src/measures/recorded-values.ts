import { BUCKETS_PER_DOUBLING, SMALLEST_VALUE, type HistogramBuckets } from "../histogram-buckets.js";
import type { NumberReader } from "../platform/number-reader.js";

/** Statistics of the values that a `ValueRecorder` saved, of which those that are undefined without values are NaN then. */
export class RecordedValues {
  declare readonly count: number;
  declare readonly mean: number;
  /** Standard deviation with divisor n, as AsyncFlow's. */
  declare readonly std: number;
  declare readonly smallest: number;
  declare readonly largest: number;
  /** Bits of a bucket's index within a doubling. */
  declare private readonly bits: number;
  /** The buckets that are not empty, ascending, and their counts. */
  declare private readonly indices: readonly number[];
  declare private readonly counts: readonly number[];

  /** Reads what `ValueRecorder.save` wrote. */
  constructor(saved: NumberReader) {
    const count = saved.number();
    const pivot = saved.number();
    const shift = saved.number() / count;
    const meanOfSquares = saved.number() / count;
    this.count = count;
    this.mean = pivot + shift;
    this.std = Math.sqrt(Math.max(0, meanOfSquares - shift * shift));
    this.bits = saved.int();
    const smallest = saved.number();
    const largest = saved.number();
    this.smallest = count === 0 ? Number.NaN : smallest;
    this.largest = count === 0 ? Number.NaN : largest;
    const indices: number[] = [];
    const counts: number[] = [];
    for (let index = saved.int(); index >= 0; index = saved.int()) {
      indices.push(index);
      counts.push(saved.number());
    }
    this.indices = indices;
    this.counts = counts;
  }

  /**
   * The p-quantile, type 7 of Hyndman and Fan (1996), as if the values of a bucket stood at equal distances in it, kept
   * between the smallest and the largest value.
   */
  quantile(p: number): number {
    const position = p * (this.count - 1);
    const { counts } = this;
    let before = 0;
    for (let k = 0; k < counts.length; k++) {
      const count = counts[k]!;
      const last = before + count - 1;
      if (position <= last) return this.clipped(this.within(k, (position - before + 0.5) / count));
      if (position < last + 1) return this.clipped(this.between(k, position - last));
      before += count;
    }
    return this.largest;
  }

  /** The histogram in the exchange form: finer buckets are added up. */
  buckets(): HistogramBuckets {
    const indices: number[] = [];
    const counts: number[] = [];
    const drop = this.bits - Math.log2(BUCKETS_PER_DOUBLING);
    for (let k = 0; k < this.indices.length; k++) {
      const index = this.indices[k]!;
      const coarse = index === 0 ? 0 : ((index - 1) >> drop) + 1;
      const last = indices.length - 1;
      if (indices[last] === coarse) counts[last]! += this.counts[k]!;
      else {
        indices.push(coarse);
        counts.push(this.counts[k]!);
      }
    }
    return { indices: Int32Array.from(indices), counts: Float64Array.from(counts) };
  }

  /** What lies at `share` of the way from the last value of the k-th bucket to the first of the next. */
  private between(k: number, share: number): number {
    const low = this.within(k, 1 - 0.5 / this.counts[k]!);
    return low + share * (this.within(k + 1, 0.5 / this.counts[k + 1]!) - low);
  }

  private within(k: number, share: number): number {
    const low = this.lowerBound(this.indices[k]!);
    const high = this.lowerBound(this.indices[k]! + 1);
    return low + (high - low) * share;
  }

  private lowerBound(index: number): number {
    if (index === 0) return 0;
    const inDoubling = (index - 1) & ((1 << this.bits) - 1);
    let doubling = SMALLEST_VALUE;
    for (let k = (index - 1) >> this.bits; k > 0; k--) doubling *= 2;
    return doubling * (1 + inDoubling / (1 << this.bits));
  }

  private clipped(value: number): number {
    return Math.min(this.largest, Math.max(this.smallest, value));
  }
}
