import { BUCKETS_PER_DOUBLING, SMALLEST_VALUE, type HistogramBuckets } from "../histogram-buckets.js";
import type { NumberReader } from "../platform/number-reader.js";

/** What statistics of values are made of. */
interface Parts {
  readonly count: number;
  readonly mean: number;
  readonly std: number;
  /** Infinity and -1 without values. */
  readonly smallest: number;
  readonly largest: number;
  readonly bits: number;
  readonly indices: readonly number[];
  readonly counts: readonly number[];
}

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

  private constructor({ count, mean, std, smallest, largest, bits, indices, counts }: Parts) {
    this.count = count;
    this.mean = mean;
    this.std = std;
    this.smallest = count === 0 ? Number.NaN : smallest;
    this.largest = count === 0 ? Number.NaN : largest;
    this.bits = bits;
    this.indices = indices;
    this.counts = counts;
  }

  /** Reads what `ValueRecorder.save` wrote. */
  static read(saved: NumberReader): RecordedValues {
    const count = saved.number();
    const pivot = saved.number();
    const shift = saved.number() / count;
    const meanOfSquares = saved.number() / count;
    const std = Math.sqrt(Math.max(0, meanOfSquares - shift * shift));
    const bits = saved.int();
    const smallest = saved.number();
    const largest = saved.number();
    const indices: number[] = [];
    const counts: number[] = [];
    for (let index = saved.int(); index >= 0; index = saved.int()) {
      indices.push(index);
      counts.push(saved.number());
    }
    return new RecordedValues({ count, mean: pivot + shift, std, smallest, largest, bits, indices, counts });
  }

  /** All values of several recorders, at least one, as if one had seen them; the histograms have equal buckets. */
  static pooled(all: readonly RecordedValues[]): RecordedValues {
    const some = all.filter(({ count }) => count > 0);
    if (some.length < 2) return some[0] ?? all[0]!;
    const count = some.reduce((sum, one) => sum + one.count, 0);
    const mean = some.reduce((sum, one) => sum + one.mean * (one.count / count), 0);
    const variance = some.reduce((sum, one) => {
      const distance = one.mean - mean;
      return sum + (one.std * one.std + distance * distance) * (one.count / count);
    }, 0);
    const byIndex = new Map<number, number>();
    for (const { indices, counts } of some) {
      for (const [k, index] of indices.entries()) byIndex.set(index, (byIndex.get(index) ?? 0) + counts[k]!);
    }
    const indices = [...byIndex.keys()].toSorted((one, other) => one - other);
    return new RecordedValues({
      count,
      mean,
      std: Math.sqrt(variance),
      smallest: Math.min(...some.map(({ smallest }) => smallest)),
      largest: Math.max(...some.map(({ largest }) => largest)),
      bits: some[0]!.bits,
      indices,
      counts: indices.map((index) => byIndex.get(index)!),
    });
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
