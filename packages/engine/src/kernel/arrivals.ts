import type { GeneratorPlan } from "../plan.js";
import { Variates } from "../random/variates.js";

/** The arrival times of one generator: Poisson with a rate that is drawn anew for every window. */
export class Arrivals {
  declare private readonly plan: GeneratorPlan;
  declare private readonly horizon_s: number;
  declare private readonly users: Variates;
  declare private readonly gaps: Variates;
  declare private rate_per_s: number;
  declare private window_end_s: number;
  /** In `exact` mode the time of the last arrival; in `asyncflow` mode AsyncFlow's private clock. */
  declare private clock_s: number;

  constructor(plan: GeneratorPlan, horizon_s: number) {
    this.plan = plan;
    this.horizon_s = horizon_s;
    this.users = new Variates(plan.id, "users", plan.users);
    this.gaps = new Variates(plan.id, "gaps", { kind: "exponential", mean: 1 });
    this.rate_per_s = 0;
    this.window_end_s = 0;
    this.clock_s = 0;
  }

  reset(seed: number, replication: number): void {
    this.users.reset(seed, replication);
    this.gaps.reset(seed, replication);
    this.rate_per_s = 0;
    this.window_end_s = 0;
    this.clock_s = 0;
  }

  /** Time of the arrival that follows the one at `now` [s]; Infinity when there is none before the horizon. */
  next(now: number): number {
    return this.plan.window_end === "exact" ? this.nextExact() : now + this.nextAsyncFlowGap();
  }

  /**
   * Inversion of the cumulative rate (Cinlar 1975): one unit exponential is spent over as many windows as it takes, so the
   * k-th arrival always uses the k-th variate.
   */
  private nextExact(): number {
    let remaining = this.gaps.next();
    for (;;) {
      if (this.rate_per_s > 0) {
        const candidate = this.clock_s + remaining / this.rate_per_s;
        if (candidate < this.window_end_s) return (this.clock_s = candidate);
        remaining -= (this.window_end_s - this.clock_s) * this.rate_per_s;
      }
      this.clock_s = this.window_end_s;
      if (this.clock_s >= this.horizon_s) return Number.POSITIVE_INFINITY;
      this.openWindow();
    }
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
    return Number.POSITIVE_INFINITY;
  }

  private openWindow(): void {
    this.window_end_s = this.clock_s + this.plan.window_s;
    this.rate_per_s = this.users.next() * this.plan.requests_per_user_per_s;
  }
}
