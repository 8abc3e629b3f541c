import type { NumberWriter } from "../platform/number-writer.js";
import { Histogram } from "./histogram.js";

/** Bits of the histogram of waits. */
export const WAIT_BITS: i32 = 7;
/** Bits of that of latencies: finer than the exchange form, because their quantiles are read from it. */
export const LATENCY_BITS: i32 = 10;

/**
 * Statistics of a stream of non-negative values in constant memory: exact count, mean, standard deviation, minimum and
 * maximum, quantiles from a histogram. Sums are taken relative to the first value, so that a small spread around a
 * large mean keeps its digits.
 */
export class ValueRecorder {
  private readonly histogram: Histogram;
  /** How many there were. */
  count: number = 0;
  private sum: number = 0;
  private sumOfSquares: number = 0;

  constructor(histogramBits: i32) {
    this.histogram = new Histogram(histogramBits);
  }

  reset(): void {
    this.histogram.reset();
    this.count = 0;
    this.sum = 0;
    this.sumOfSquares = 0;
  }

  add(value: number): void {
    const histogram = this.histogram;
    histogram.add(value);
    const distance = value - histogram.first;
    this.count += 1;
    this.sum += distance;
    this.sumOfSquares += distance * distance;
  }

  /** As `add(0)`, which is what most waits are. */
  addZero(): void {
    if (this.histogram.first !== 0) {
      this.add(0);
      return;
    }
    this.count += 1;
    this.histogram.addZero();
  }

  /** Their sum. */
  total(): number {
    return this.histogram.first * this.count + this.sum;
  }

  save(to: NumberWriter): void {
    to.number(this.count);
    to.number(this.histogram.first);
    to.number(this.sum);
    to.number(this.sumOfSquares);
    this.histogram.save(to);
  }
}
