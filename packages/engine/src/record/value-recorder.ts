import type { NumberWriter } from "../platform/number-writer.js";
import { Histogram } from "./histogram.js";

/** Bits of the histogram of waits. */
const WAIT_BITS: i32 = 7;
/** Bits of that of latencies: finer than the exchange form, because their quantiles are read from it. */
const LATENCY_BITS: i32 = 10;

/**
 * Statistics of a stream of non-negative values in constant memory: exact count, mean, standard deviation, minimum and
 * maximum, quantiles from a histogram. Sums are taken relative to the first value, so that a small spread around a
 * large mean keeps its digits.
 */
export class ValueRecorder {
  private readonly bits: i32;
  private readonly histogram: Histogram;
  /** How many there were. */
  count: number = 0;
  private sum: number = 0;
  private sumOfSquares: number = 0;

  constructor(histogramBits: i32) {
    this.bits = histogramBits;
    this.histogram = new Histogram(histogramBits);
  }

  reset(): void {
    this.histogram.reset();
    this.count = 0;
    this.sum = 0;
    this.sumOfSquares = 0;
  }

  add(value: number): void {
    this.record(value, this.bits);
  }

  protected record(value: number, bits: i32): void {
    const histogram = this.histogram;
    histogram.add(value, bits);
    const distance = value - histogram.first;
    this.count += 1;
    this.sum += distance;
    this.sumOfSquares += distance * distance;
  }

  /** As `add(0)`, which is what most waits are. */
  addZero(): void {
    if (this.histogram.first !== 0) {
      this.record(0, this.bits);
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

/** Of waits, and of what is as short as they are. */
export class WaitRecorder extends ValueRecorder {
  constructor() {
    super(WAIT_BITS);
  }

  override add(value: number): void {
    this.record(value, WAIT_BITS);
  }
}

/** Of latencies, whose quantiles are to be more exact. */
export class LatencyRecorder extends ValueRecorder {
  constructor() {
    super(LATENCY_BITS);
  }

  override add(value: number): void {
    this.record(value, LATENCY_BITS);
  }
}
