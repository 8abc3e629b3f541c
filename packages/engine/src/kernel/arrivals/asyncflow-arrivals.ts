import type { Stream } from "../stream.js";
import { Arrivals } from "./arrivals.js";
import type { UsersRate } from "./users-rate.js";

/** Arrivals as AsyncFlow 0.1.1 draws them (poisson_poisson.py), quirk for quirk. */
export class AsyncFlowArrivals extends Arrivals {
  private readonly gaps: Stream;
  private readonly rate: UsersRate;
  private readonly horizon_s: number;
  /** AsyncFlow's private clock. */
  private clock_s: number;

  constructor(gaps: Stream, rate: UsersRate, horizon_s: number) {
    super();
    this.gaps = gaps;
    this.rate = rate;
    this.horizon_s = horizon_s;
    this.clock_s = 0;
  }

  reset(): void {
    this.rate.reset();
    this.clock_s = 0;
  }

  next(now: number): number {
    return now + this.nextGap();
  }

  /** A gap that crosses the end of a window advances the private clock, not the simulation's. */
  private nextGap(): number {
    while (this.clock_s < this.horizon_s) {
      if (this.clock_s >= this.rate.end_s) this.rate.change();
      if (this.rate.value_per_s <= 0) {
        this.clock_s = this.rate.end_s;
        continue;
      }
      const gap = this.gaps.next() / this.rate.value_per_s;
      if (this.clock_s + gap > this.horizon_s) break;
      if (this.clock_s + gap >= this.rate.end_s) {
        this.clock_s = this.rate.end_s;
        continue;
      }
      this.clock_s += gap;
      return gap;
    }
    return Infinity;
  }
}
