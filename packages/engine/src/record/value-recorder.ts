import { Histogram } from "./histogram.js";

/**
 * Statistics of a stream of non-negative values in constant memory: exact count, mean, standard deviation, minimum and
 * maximum, quantiles from a histogram. Sums are taken relative to the first value, so that a small spread around a
 * large mean keeps its digits.
 */
export class ValueRecorder {
  declare readonly histogram: Histogram;
  declare count: number;
  declare minimum: number;
  declare maximum: number;
  declare private pivot: number;
  declare private sum: number;
  declare private sumOfSquares: number;

  constructor(histogramBits: number) {
    this.histogram = new Histogram(histogramBits);
    this.count = 0;
    this.minimum = Number.POSITIVE_INFINITY;
    this.maximum = Number.NEGATIVE_INFINITY;
    this.pivot = 0;
    this.sum = 0;
    this.sumOfSquares = 0;
  }

  reset(): void {
    this.histogram.reset();
    this.count = 0;
    this.minimum = Number.POSITIVE_INFINITY;
    this.maximum = Number.NEGATIVE_INFINITY;
    this.pivot = 0;
    this.sum = 0;
    this.sumOfSquares = 0;
  }

  add(value: number): void {
    if (this.count === 0) this.pivot = value;
    const distance = value - this.pivot;
    this.count++;
    this.sum += distance;
    this.sumOfSquares += distance * distance;
    if (value < this.minimum) this.minimum = value;
    if (value > this.maximum) this.maximum = value;
    this.histogram.add(value);
  }

  total(): number {
    return this.count * this.pivot + this.sum;
  }

  mean(): number {
    return this.count === 0 ? Number.NaN : this.pivot + this.sum / this.count;
  }

  /** Standard deviation with divisor n, as AsyncFlow's. */
  std(): number {
    if (this.count === 0) return Number.NaN;
    const shift = this.sum / this.count;
    return Math.sqrt(Math.max(0, this.sumOfSquares / this.count - shift * shift));
  }

  /** NaN without values. */
  min(): number {
    return this.count === 0 ? Number.NaN : this.minimum;
  }

  /** NaN without values. */
  max(): number {
    return this.count === 0 ? Number.NaN : this.maximum;
  }

  /** The p-quantile, kept within minimum and maximum; NaN without values. */
  quantile(p: number): number {
    const value = this.histogram.quantile(p, this.count);
    return Math.min(this.maximum, Math.max(this.minimum, value));
  }
}
