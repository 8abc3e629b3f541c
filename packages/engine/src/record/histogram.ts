import { BUCKETS_PER_DOUBLING, type HistogramBuckets } from "../histogram-buckets.js";

/** Biased exponent of SMALLEST_VALUE = 2^-30. */
const SMALLEST_EXPONENT = 1023 - 30;
const DOUBLINGS = 50;
const EXCHANGE_BITS = Math.log2(BUCKETS_PER_DOUBLING);

/** One double seen as two 32-bit words, low word first: all platforms that run Node or a browser are little-endian. */
const DOUBLE = new Float64Array(1);
const WORDS = new Int32Array(DOUBLE.buffer);

/**
 * Counts in log-linear buckets. Hot: `add` is a store, a load, two shifts and an increment. Bucket 0 holds all values
 * below SMALLEST_VALUE; bucket k holds those whose exponent and leading mantissa bits give k - 1; the last one also holds
 * everything larger. With b bits there are 2^b buckets in a doubling, so the relative width is at most 2^-b.
 */
export class Histogram {
  declare private readonly counts: Float64Array;
  declare private readonly bits: number;
  declare private readonly shift: number;
  declare private readonly offset: number;
  declare private lowest: number;
  declare private highest: number;

  /** `bits` from 7 (the exchange form's own resolution) to 12. */
  constructor(bits: number) {
    this.counts = new Float64Array(1 + DOUBLINGS * (1 << bits));
    this.bits = bits;
    this.shift = 20 - bits;
    this.offset = (SMALLEST_EXPONENT << bits) - 1;
    this.lowest = this.counts.length;
    this.highest = -1;
  }

  reset(): void {
    if (this.highest >= 0) this.counts.fill(0, this.lowest, this.highest + 1);
    this.lowest = this.counts.length;
    this.highest = -1;
  }

  add(value: number): void {
    DOUBLE[0] = value;
    let index = (WORDS[1]! >> this.shift) - this.offset;
    if (index < 0) index = 0;
    else if (index >= this.counts.length) index = this.counts.length - 1;
    this.counts[index]!++;
    if (index < this.lowest) this.lowest = index;
    if (index > this.highest) this.highest = index;
  }

  /**
   * The p-quantile of the values, type 7 of Hyndman and Fan (1996), as if the values of a bucket stood at equal
   * distances in it; NaN without values. `total` is the number of values added.
   */
  quantile(p: number, total: number): number {
    if (total === 0) return Number.NaN;
    const position = p * (total - 1);
    let before = 0;
    for (let index = this.lowest; index <= this.highest; index++) {
      const count = this.counts[index]!;
      const last = before + count - 1;
      if (position <= last) return this.within(index, (position - before + 0.5) / count);
      if (position < last + 1) return this.between(index, position - last);
      before += count;
    }
    return this.within(this.highest, 1);
  }

  /** A copy in the exchange form: finer buckets are added up. */
  buckets(): HistogramBuckets {
    const indices: number[] = [];
    const counts: number[] = [];
    const drop = this.bits - EXCHANGE_BITS;
    for (let index = this.lowest; index <= this.highest; index++) {
      const count = this.counts[index]!;
      if (count === 0) continue;
      const coarse = index === 0 ? 0 : ((index - 1) >> drop) + 1;
      const last = indices.length - 1;
      if (indices[last] === coarse) counts[last]! += count;
      else {
        indices.push(coarse);
        counts.push(count);
      }
    }
    return { indices: Int32Array.from(indices), counts: Float64Array.from(counts) };
  }

  /** What lies at `share` of the way from the last value of a bucket to the first of the next that is not empty. */
  private between(index: number, share: number): number {
    let next = index + 1;
    while (this.counts[next] === 0) next++;
    const low = this.within(index, 1 - 0.5 / this.counts[index]!);
    return low + share * (this.within(next, 0.5 / this.counts[next]!) - low);
  }

  private within(index: number, share: number): number {
    const low = this.lowerBound(index);
    const high = index >= this.counts.length - 1 ? low : this.lowerBound(index + 1);
    return low + (high - low) * Math.min(1, share);
  }

  private lowerBound(index: number): number {
    if (index <= 0) return 0;
    DOUBLE[0] = 0;
    WORDS[1] = (index + this.offset) << this.shift;
    return DOUBLE[0];
  }
}
