import type { NumberReader } from "../../platform/number-reader.js";
import { Factor } from "./factor.js";

/** Straight pieces, which may repeat. */
export class PiecewiseFactor extends Factor {
  private readonly pieces: i32;
  /** Start [s], first and last value of each. */
  private readonly values: Float64Array;
  /** Infinity when the pieces do not repeat [s]. */
  private readonly period_s: number;
  private readonly phase_s: number;
  /** The present piece, -1 before the first; when it starts [s], the value there and its growth [1/s]. */
  private index: i32;
  private start_s: number;
  private from: number;
  private slope_per_s: number;
  /** Number of the present period. */
  private period: number;

  constructor(plan: NumberReader) {
    super();
    this.period_s = plan.number();
    this.phase_s = plan.number();
    const pieces = plan.int();
    this.pieces = pieces;
    this.values = plan.numbers(3 * pieces);
    this.index = -1;
    this.start_s = 0;
    this.from = 0;
    this.slope_per_s = 0;
    this.period = 0;
  }

  override reset(): void {
    super.reset();
    this.index = -1;
    this.period = 0;
  }

  at(time_s: number): number {
    return this.from + this.slope_per_s * (time_s - this.start_s);
  }

  change(): void {
    this.index++;
    if (this.index === this.pieces) {
      this.index = 0;
      this.period += 1;
    }
    const isLast = this.index + 1 === this.pieces;
    const start = this.values[3 * this.index];
    const end = isLast ? this.period_s : this.values[3 * this.index + 3];
    const from = this.values[3 * this.index + 1];
    const to = this.values[3 * this.index + 2];
    const shift_s = this.period === 0 ? -this.phase_s : this.period * this.period_s - this.phase_s;
    this.start_s = start + shift_s;
    this.end_s = end + shift_s;
    this.from = from;
    this.constant = from === to;
    this.slope_per_s = this.constant ? 0 : (to - from) / (end - start);
  }
}
