import type { Stream } from "../stream.js";
import { Arrivals } from "./arrivals.js";
import type { Inversion } from "./inversion.js";

/**
 * Arrivals with a rate that changes: one gap of the time in which the rate would be 1 is spent for each of them, so the
 * k-th arrival always uses the k-th variate. With unit exponentials they are Poisson.
 */
export class RateArrivals extends Arrivals {
  private readonly gaps: Stream;
  private readonly inversion: Inversion;

  constructor(gaps: Stream, inversion: Inversion) {
    super();
    this.gaps = gaps;
    this.inversion = inversion;
  }

  reset(): void {
    this.inversion.reset();
  }

  next(_now: number): number {
    return this.inversion.advance(this.gaps.next());
  }
}
