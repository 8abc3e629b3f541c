import type { Stream } from "../stream.js";
import { Arrivals } from "./arrivals.js";

/** Arrivals of several requests at a time. */
export class BatchArrivals extends Arrivals {
  private readonly batches: Arrivals;
  private readonly sizes: Stream;
  /** When the present batch comes [s], and what of it is still to come. */
  private time_s: number;
  private left: number;

  constructor(batches: Arrivals, sizes: Stream) {
    super();
    this.batches = batches;
    this.sizes = sizes;
    this.time_s = 0;
    this.left = 0;
  }

  reset(): void {
    this.batches.reset();
    this.time_s = 0;
    this.left = 0;
  }

  next(_now: number): number {
    while (this.left < 1 && this.time_s < Infinity) {
      this.time_s = this.batches.next(this.time_s);
      this.row = this.batches.row;
      this.left = Math.floor(this.sizes.next() + 0.5);
    }
    this.left -= 1;
    return this.time_s;
  }
}
