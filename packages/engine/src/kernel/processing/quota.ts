import type { NumberReader } from "../../platform/number-reader.js";
import type { Frame } from "../frame.js";
import { NEVER, RANK_RECOVERY, RANK_STOP, type PendingEvents } from "../pending-events.js";

/**
 * CPU time that a server may use in each period, as the bandwidth control of Linux's fair scheduler gives it to a control group (Turner, Rao
 * and Rao 2010). All cores use one allowance; when it is used up they stop until the next period begins. Periods begin at multiples of
 * their length. There is an event only where the allowance ends, none for each period.
 */
export class Quota {
  /** Whether the allowance of this period is used up. */
  throttled: boolean = false;
  private readonly pending: PendingEvents;
  private readonly allowance_s: number;
  private readonly period_s: number;
  /** The frame of its event. */
  private frame: Frame | null = null;
  /** Cores in use, and what they have used of this period's allowance until `since` [s]. */
  private busy: number = 0;
  private used_s: number = 0;
  private since: number = 0;
  /** When this period ends [s]. */
  private end_s: number = 0;

  constructor(plan: NumberReader, pending: PendingEvents) {
    this.pending = pending;
    this.period_s = plan.number();
    this.allowance_s = plan.number();
  }

  reset(): void {
    this.throttled = false;
    this.frame = null;
    this.busy = 0;
    this.used_s = 0;
    this.since = 0;
    this.end_s = this.period_s;
  }

  /** The number of cores in use changes. */
  change(busy: i32, now: number): void {
    this.goOn(now);
    this.busy = busy as number;
    if (!this.throttled) this.pending.reschedule(this.frame!, this.exhaustion_s(), RANK_STOP);
  }

  /** The event of the frame: the allowance is used up, or the next period begins, or the run. */
  turn(frame: Frame, now: number): void {
    if (this.frame === null) {
      this.frame = frame;
      this.pending.schedule(frame, NEVER, RANK_STOP);
      return;
    }
    this.throttled = !this.throttled;
    if (this.throttled) {
      this.goOn(now);
      this.pending.schedule(frame, this.end_s, RANK_RECOVERY);
    } else {
      this.begin(now, this.end_s);
      this.pending.schedule(frame, this.exhaustion_s(), RANK_STOP);
    }
  }

  /** Counts what has been used until now. Whole periods that have gone by since the last time were not used up. */
  private goOn(now: number): void {
    if (now >= this.end_s) {
      let begin_s = Math.floor(now / this.period_s) * this.period_s;
      if (begin_s < this.end_s) begin_s = this.end_s;
      this.begin(begin_s, begin_s);
    }
    if (!this.throttled) this.used_s += this.busy * Math.max(0, now - this.since);
    this.since = now;
  }

  /** A period begins at `begin_s`. */
  private begin(now: number, begin_s: number): void {
    this.used_s = 0;
    this.since = now;
    this.end_s = begin_s + this.period_s;
  }

  /** When the allowance is used up if nothing changes, in this period or the next [s]. */
  private exhaustion_s(): number {
    const time = this.since + (this.allowance_s - this.used_s) / this.busy;
    if (time < this.end_s) return Math.max(this.since, time);
    return this.busy * this.period_s > this.allowance_s ? this.end_s + this.allowance_s / this.busy : NEVER;
  }
}
