import type { NumberWriter } from "../platform/number-writer.js";
import { highWord, isWithin, newNumbers, type Numbers } from "../platform/platform.js";

/** Biased exponent of SMALLEST_VALUE = 2^-30. */
const SMALLEST_EXPONENT: i32 = 1023 - 30;
const DOUBLINGS: i32 = 50;

/** Stands where the index of another saved bucket would. */
export const END_OF_BUCKETS: i32 = -1;

/**
 * Counts in log-linear buckets. Hot: `add` is two comparisons, two shifts and an increment. Bucket 0 holds all values
 * below SMALLEST_VALUE; bucket k holds those whose exponent and leading mantissa bits give k - 1; the last one also holds
 * everything larger. With b bits there are 2^b buckets in a doubling, so the relative width is at most 2^-b.
 */
export class Histogram {
  private readonly bits: i32;
  /** The first value; 0 without values. */
  first: number = 0;
  /** Infinity without values. */
  smallest: number = Infinity;
  /** -1 without values. */
  largest: number = -1;
  private readonly counts: Numbers;

  /** `bits` from 7 (the exchange form's own resolution) to 12. */
  constructor(bits: i32) {
    this.bits = bits;
    this.counts = newNumbers(bucketsOf(bits));
  }

  reset(): void {
    const highest = this.highest();
    for (let index = this.lowest(); index <= highest; index++) this.counts[index] = 0;
    this.first = 0;
    this.smallest = Infinity;
    this.largest = -1;
  }

  /** `bits` are those of the histogram: who knows them as a constant spares the loop reading what follows from them. */
  add(value: number, bits: i32): void {
    if (value < this.smallest) {
      // The first of all is below what there was before, so nothing is asked of the others.
      if (this.largest < 0) this.first = value;
      this.smallest = value;
    }
    if (value > this.largest) this.largest = value;
    const index = indexOf(value, bits);
    this.counts[index] += 1;
  }

  addZero(): void {
    this.smallest = 0;
    if (this.largest < 0) this.largest = 0;
    this.counts[0] += 1;
  }

  /** Bucket of the smallest value. */
  private lowest(): i32 {
    return indexOf(this.smallest, this.bits);
  }

  /** Bucket of the largest value; below `lowest` without values. */
  private highest(): i32 {
    return this.largest < 0 ? -1 : indexOf(this.largest, this.bits);
  }

  /** Writes the smallest and the largest value and the buckets that are not empty, each as its index and its count. */
  save(to: NumberWriter): void {
    to.number(this.bits as number);
    to.number(this.smallest);
    to.number(this.largest);
    const highest = this.highest();
    for (let index = this.lowest(); index <= highest; index++) {
      if (this.counts[index] === 0) continue;
      to.number(index as number);
      to.number(this.counts[index]);
    }
    to.number(END_OF_BUCKETS as number);
  }
}

function bucketsOf(bits: i32): i32 {
  return 1 + DOUBLINGS * (1 << bits);
}

function indexOf(value: number, bits: i32): i32 {
  const index = (highWord(value) >> (20 - bits)) - ((SMALLEST_EXPONENT << bits) - 1);
  if (isWithin(index, bucketsOf(bits))) return index;
  return index < 0 ? 0 : bucketsOf(bits) - 1;
}
