import type { NumberReader } from "../platform/number-reader.js";
import type { Stream } from "./stream.js";

/** The arrival times of one generator: Poisson with a rate that is drawn anew for every window. */
export class Arrivals {
  private readonly horizon_s: number;
  private readonly users: Stream;
  private readonly gaps: Stream;
  private readonly requests_per_user_per_s: number;
  private readonly window_s: number;
  /** 1 for arrivals as AsyncFlow 0.1.1 draws them. */
  private readonly asyncFlow: i32;
  private rate_per_s: number;
  private window_end_s: number;
  /** In `exact` mode the time of the last arrival; in `asyncflow` mode AsyncFlow's private clock. */
  private clock_s: number;

  constructor(plan: NumberReader, streams: Stream[], horizon_s: number) {
    this.horizon_s = horizon_s;
    this.users = streams[plan.int()];
    this.gaps = streams[plan.int()];
    this.requests_per_user_per_s = plan.number();
    this.window_s = plan.number();
    this.asyncFlow = plan.int();
    this.rate_per_s = 0;
    this.window_end_s = 0;
    this.clock_s = 0;
  }

  reset(): void {
    this.rate_per_s = 0;
    this.window_end_s = 0;
    this.clock_s = 0;
  }

  /** Time of the arrival that follows the one at `now` [s]; Infinity when there is none before the horizon. */
  next(now: number): number {
    return this.asyncFlow === 0 ? this.nextExact() : now + this.nextAsyncFlowGap();
  }

  /**
   * Inversion of the cumulative rate (Cinlar 1975): one unit exponential is spent over as many windows as it takes, so the
   * k-th arrival always uses the k-th variate.
   */
  private nextExact(): number {
    let remaining = this.gaps.next();
    while (this.clock_s < this.horizon_s) {
      if (this.rate_per_s > 0) {
        const candidate = this.clock_s + remaining / this.rate_per_s;
        if (candidate < this.window_end_s) {
          this.clock_s = candidate;
          return candidate;
        }
        remaining -= (this.window_end_s - this.clock_s) * this.rate_per_s;
      }
      this.clock_s = this.window_end_s;
      if (this.clock_s < this.horizon_s) this.openWindow();
    }
    return Infinity;
  }

  /** Gap to the next arrival [s] as AsyncFlow 0.1.1 draws it (poisson_poisson.py), quirk for quirk. */
  private nextAsyncFlowGap(): number {
    while (this.clock_s < this.horizon_s) {
      if (this.clock_s >= this.window_end_s) this.openWindow();
      if (this.rate_per_s <= 0) {
        this.clock_s = this.window_end_s;
        continue;
      }
      const gap = this.gaps.next() / this.rate_per_s;
      if (this.clock_s + gap > this.horizon_s) break;
      if (this.clock_s + gap >= this.window_end_s) {
        this.clock_s = this.window_end_s;
        continue;
      }
      this.clock_s += gap;
      return gap;
    }
    return Infinity;
  }

  private openWindow(): void {
    this.window_end_s = this.clock_s + this.window_s;
    this.rate_per_s = this.users.next() * this.requests_per_user_per_s;
  }
}
