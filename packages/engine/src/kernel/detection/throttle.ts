import type { NumberReader } from "../../platform/number-reader.js";
import { COLLAPSED, DEGRADED } from "../../record/stability.js";
import type { ThrottleRecord } from "../../record/throttle-record.js";
import type { Arrivals } from "../arrivals/arrivals.js";
import type { Detector } from "./detector.js";

/** Holds a generator back by what a detector says. */
export class Throttle {
  private readonly record: ThrottleRecord;
  private readonly detector: Detector;
  private readonly degraded_delay_s: number;
  private readonly collapsed_delay_s: number;
  /** By how much the arrivals are later than they would have been [s]. */
  private late_s: number = 0;

  constructor(plan: NumberReader, detectors: Detector[], record: ThrottleRecord) {
    this.record = record;
    this.detector = detectors[plan.int()];
    this.degraded_delay_s = plan.number();
    this.collapsed_delay_s = plan.number();
  }

  reset(): void {
    this.late_s = 0;
  }

  /** How long to wait at this moment [s]. */
  delay_s(): number {
    const state = this.detector.state;
    const delay_s: number =
      state === COLLAPSED ? this.collapsed_delay_s : state === DEGRADED ? this.degraded_delay_s : 0;
    if (delay_s > 0) this.record.hold(delay_s);
    return delay_s;
  }

  /** Time of the arrival that follows the one at `now` [s]. */
  next(arrivals: Arrivals, now: number): number {
    const time = arrivals.next(now - this.late_s);
    this.late_s += this.delay_s();
    return time + this.late_s;
  }
}
