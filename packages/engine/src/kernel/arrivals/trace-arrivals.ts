import type { NumberReader } from "../../platform/number-reader.js";
import { Arrivals } from "./arrivals.js";

/** Arrivals at known times. */
export class TraceArrivals extends Arrivals {
  private readonly times_s: Float64Array;
  private readonly length: i32;
  /** The row that comes next. */
  private position: i32;

  constructor(plan: NumberReader) {
    super();
    const position = plan.int();
    const length = plan.int();
    this.times_s = plan.numbersAt(position, length);
    this.length = length;
    this.position = 0;
  }

  reset(): void {
    this.position = 0;
  }

  next(_now: number): number {
    if (this.position === this.length) return Infinity;
    this.row = this.position;
    return this.times_s[this.position++];
  }
}
