import type { NumberReader } from "../../platform/number-reader.js";
import { Arrivals } from "./arrivals.js";

/** Arrivals at known times. */
export class TraceArrivals extends Arrivals {
  private readonly times_s: Float64Array;
  private readonly length: i32;
  /** What each of them asks for; none when that is chosen by weight. */
  private readonly requests: Float64Array;
  private readonly hasRequests: boolean;
  private position: i32;

  constructor(plan: NumberReader) {
    super();
    const length = plan.int();
    const requests = plan.int();
    this.length = length;
    this.times_s = plan.numbers(length);
    this.requests = plan.numbers(requests);
    this.hasRequests = requests > 0;
    this.position = 0;
  }

  reset(): void {
    this.position = 0;
  }

  next(_now: number): number {
    if (this.position === this.length) return Infinity;
    if (this.hasRequests) this.request = this.requests[this.position] as i32;
    return this.times_s[this.position++];
  }
}
