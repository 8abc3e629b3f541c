import { Rate } from "./rate.js";

/** A rate that never changes. */
export class ConstantRate extends Rate {
  private readonly rate_per_s: number;

  constructor(rate_per_s: number) {
    super();
    this.rate_per_s = rate_per_s;
  }

  change(): void {
    this.value_per_s = this.rate_per_s;
    this.end_s = Infinity;
  }
}
