import type { Profile } from "./profile.js";
import type { Rate } from "./rate.js";

/** Of the mass that is looked for: where Newton's method takes its last step, which squares the error. */
const TOLERANCE: number = 1e-10;
const MOST_STEPS: i32 = 60;

/**
 * Inverts a cumulative rate (Cinlar 1975): mass, which is arrivals on average, is spent over as many pieces of the rate as
 * it takes. A piece is a time in which the base rate is constant and the profile is smooth.
 */
export class Inversion {
  private readonly rate: Rate;
  private readonly profile: Profile;
  private readonly horizon_s: number;
  /** Up to here all mass is spent [s]. */
  private clock_s: number;
  private end_s: number;
  /** The rate in the present piece if it is constant [1/s]. */
  private level_per_s: number;
  /** Mass from the clock to the end of the present piece, if it is not constant. */
  private left: number;

  constructor(rate: Rate, profile: Profile, horizon_s: number) {
    this.rate = rate;
    this.profile = profile;
    this.horizon_s = horizon_s;
    this.clock_s = 0;
    this.end_s = 0;
    this.level_per_s = 0;
    this.left = 0;
  }

  reset(): void {
    this.rate.reset();
    this.profile.reset();
    this.clock_s = 0;
    this.end_s = 0;
    this.level_per_s = 0;
    this.left = 0;
  }

  /** The time at which this much mass is spent [s]; Infinity when that is not before the horizon. Hot where the rate does not change meanwhile. */
  advance(mass: number): number {
    if (this.level_per_s > 0) {
      const candidate = this.clock_s + mass / this.level_per_s;
      if (candidate < this.end_s) {
        if (this.clock_s < this.horizon_s) {
          this.clock_s = candidate;
          return candidate;
        }
      }
    }
    return this.advanceFurther(mass);
  }

  private advanceFurther(mass: number): number {
    let remaining = mass;
    while (this.clock_s < this.horizon_s) {
      if (this.level_per_s > 0) {
        const candidate = this.clock_s + remaining / this.level_per_s;
        if (candidate < this.end_s) {
          this.clock_s = candidate;
          return candidate;
        }
        remaining -= (this.end_s - this.clock_s) * this.level_per_s;
      } else if (this.left > 0) {
        if (remaining < this.left) {
          this.left -= remaining;
          this.clock_s = this.solve(remaining);
          return this.clock_s;
        }
        remaining -= this.left;
      }
      this.clock_s = this.end_s;
      if (this.clock_s < this.horizon_s) this.openPiece();
    }
    return Infinity;
  }

  private openPiece(): void {
    if (this.rate.end_s <= this.clock_s) this.rate.change();
    this.profile.advance(this.clock_s);
    this.end_s = Math.min(this.rate.end_s, this.profile.end_s);
    this.level_per_s = 0;
    this.left = 0;
    if (this.profile.constant) this.level_per_s = this.rate.value_per_s * this.profile.at(this.clock_s);
    else this.left = this.rate.value_per_s * this.profile.integral(this.clock_s, this.end_s);
  }

  /** When the mass is spent within the present piece: Newton's method, by halves where that would lead out of it. */
  private solve(mass: number): number {
    const target = mass / this.rate.value_per_s;
    const start_s = this.clock_s;
    let low_s = start_s;
    let high_s = this.end_s;
    let time_s = start_s + target / this.profile.at(start_s);
    for (let step: i32 = 0; step < MOST_STEPS; step++) {
      if (!(time_s > low_s && time_s < high_s)) time_s = low_s + 0.5 * (high_s - low_s);
      const error = this.profile.integral(start_s, time_s) - target;
      if (error > 0) high_s = time_s;
      else low_s = time_s;
      time_s -= error / this.profile.at(time_s);
      if (Math.abs(error) <= TOLERANCE * target) break;
    }
    return Math.max(start_s, Math.min(time_s, this.end_s));
  }
}
