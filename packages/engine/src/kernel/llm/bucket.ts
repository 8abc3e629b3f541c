import type { NumberReader } from "../../platform/number-reader.js";

/** Amounts are compared with this relative slack, so that who waits as long as it was told gets what it waited for. */
const SLACK: number = 1e-9;

/** A token bucket from which many may be taken at once; it is filled continuously. */
export class Bucket {
  private readonly rate_per_s: number;
  private readonly capacity: number;
  private level: number = 0;
  /** When the level was right [s]. */
  private since: number = 0;

  constructor(plan: NumberReader) {
    this.rate_per_s = plan.number();
    this.capacity = plan.number();
  }

  reset(): void {
    this.level = this.capacity;
    this.since = 0;
  }

  /** How long it takes until an amount is there [s]: 0 when it is, Infinity when it never will be. */
  lacks_s(amount: number, now: number): number {
    this.level = Math.min(this.capacity, this.level + (now - this.since) * this.rate_per_s);
    this.since = now;
    const least = amount * (1 - SLACK);
    if (this.level >= least) return 0;
    return this.capacity < least ? Infinity : (amount - this.level) / this.rate_per_s;
  }

  take(amount: number): void {
    this.level -= amount;
  }
}
