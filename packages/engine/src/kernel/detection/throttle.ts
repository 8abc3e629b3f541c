import type { NumberReader } from "../../platform/number-reader.js";
import type { Recorder } from "../../record/recorder.js";
import { COLLAPSED, DEGRADED } from "../../record/stability.js";
import type { ThrottleRecord } from "../../record/throttle-record.js";
import type { Arrivals } from "../arrivals/arrivals.js";
import type { Detector } from "./detector.js";
import { LoadGauge } from "./load-gauge.js";

/** Holds a generator back by what a detector says, or by a load. */
export class Throttle {
  /** What it goes by: one of the two. */
  readonly gauge: LoadGauge | null;
  private readonly detector: Detector | null;
  private readonly record: ThrottleRecord;
  /** While the detector says that the system is degraded; while it says that it has collapsed, or the gauge is high. */
  private readonly degraded_delay_s: number;
  private readonly delay_at_worst_s: number;
  /** By how much the arrivals are later than they would have been [s]. */
  private late_s: number = 0;

  constructor(plan: NumberReader, detectors: Detector[], recorder: Recorder, record: ThrottleRecord) {
    const detector = plan.int();
    this.record = record;
    this.detector = detector < 0 ? null : detectors[detector];
    this.degraded_delay_s = plan.number();
    this.delay_at_worst_s = plan.number();
    this.gauge = detector < 0 ? new LoadGauge(plan, recorder) : null;
  }

  reset(): void {
    this.late_s = 0;
    if (this.gauge !== null) this.gauge!.reset();
  }

  /** How long to wait at this moment [s]. */
  delay_s(): number {
    const delay_s = this.presentDelay_s();
    if (delay_s > 0) this.record.hold(delay_s);
    return delay_s;
  }

  /** Time of the arrival that follows the one at `now` [s]. */
  next(arrivals: Arrivals, now: number): number {
    const time = arrivals.next(now - this.late_s);
    this.late_s += this.delay_s();
    return time + this.late_s;
  }

  private presentDelay_s(): number {
    const detector = this.detector;
    if (detector === null) return this.gauge!.isHigh() ? this.delay_at_worst_s : 0;
    if (detector.state === COLLAPSED) return this.delay_at_worst_s;
    return detector.state === DEGRADED ? this.degraded_delay_s : 0;
  }
}
