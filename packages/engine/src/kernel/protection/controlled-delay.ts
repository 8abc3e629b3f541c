import type { NumberReader } from "../../platform/number-reader.js";

/**
 * How long a request may wait: `interval_s`, but only `target_s` when the queue has not been empty for longer than that. What servers have made of
 * CoDel (Maurer 2015, "Fail at scale"): the queue of Nichols and Jacobson (2012, RFC 8289) drops more and more often until senders slow
 * down, and requests from many users do not.
 */
export class ControlledDelay {
  private readonly target_s: number;
  private readonly interval_s: number;
  /** When a request has last found the queue empty [s]. */
  private empty_s: number = 0;

  /** Infinity twice where nobody waits too long. */
  constructor(plan: NumberReader) {
    this.target_s = plan.number();
    this.interval_s = plan.number();
  }

  reset(): void {
    this.empty_s = 0;
  }

  /** How long a request may wait that comes now [s]. */
  patience_s(isEmpty: boolean, now: number): number {
    if (isEmpty) this.empty_s = now;
    return now - this.empty_s > this.interval_s ? this.target_s : this.interval_s;
  }
}
