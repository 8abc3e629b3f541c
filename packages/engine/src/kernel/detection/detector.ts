import type { NumberReader } from "../../platform/number-reader.js";
import type { DetectorRecord } from "../../record/detector-record.js";
import type { Recorder } from "../../record/recorder.js";
import {
  CAUSE_CONGESTION,
  CAUSE_FAULTS,
  CAUSE_LATENCY,
  CAUSE_OVERFLOW,
  CAUSE_STARVATION,
  COLLAPSED,
  DEGRADED,
  STABLE,
} from "../../record/stability.js";
import { RollingLatency } from "./rolling-latency.js";
import { Trend } from "./trend.js";
import { WatchedBuffer } from "./watched-buffer.js";

/** Ends from which on their failures say something. */
const LEAST_ENDS: number = 10;

/** Watches a buffer and the latencies of what leaves it, and says at its samples how the system is. */
export class Detector {
  readonly record: DetectorRecord;
  /** STABLE, DEGRADED or COLLAPSED. */
  state: i32 = STABLE;
  private readonly interval_s: number;
  private readonly degraded_ratio: number;
  private readonly collapsed_ratio: number;
  private readonly latency_growth_ratio: number;
  private readonly failed_ratio: number;
  private readonly buffer: WatchedBuffer;
  private readonly trend: Trend;
  private readonly latency: RollingLatency;
  private samples: number = 0;
  /** Requests that left, and those of them that had failed. */
  private ended: number = 0;
  private failed: number = 0;
  /** Whether latencies have come since the last sample, and what they said last. */
  private isNew: boolean = false;
  private hasGrown: boolean = false;

  constructor(plan: NumberReader, recorder: Recorder, record: DetectorRecord) {
    this.record = record;
    this.interval_s = plan.number();
    this.trend = new Trend(plan.int());
    this.latency = new RollingLatency(plan.int());
    this.degraded_ratio = plan.number();
    this.collapsed_ratio = plan.number();
    this.latency_growth_ratio = plan.number();
    this.failed_ratio = plan.number();
    this.buffer = new WatchedBuffer(plan, recorder);
  }

  reset(): void {
    this.state = STABLE;
    this.buffer.reset();
    this.trend.reset();
    this.latency.reset();
    this.samples = 0;
    this.ended = 0;
    this.failed = 0;
    this.isNew = false;
    this.hasGrown = false;
  }

  /** A request leaves after this time at the server [s]. */
  observe(latency_s: number, failed: boolean): void {
    this.ended += 1;
    if (failed) {
      this.failed += 1;
      return;
    }
    this.latency.add(latency_s);
    this.isNew = true;
  }

  /** Looks, and gives the time of the next sample [s]. */
  sample(now: number): number {
    const waiting = this.buffer.waiting();
    this.trend.add(waiting, this.buffer.refused(), this.ended, this.failed);
    const fill = this.buffer.fill();
    // Without new latencies the last ones hold as long as there is something to complete.
    if (this.isNew) this.hasGrown = this.latency.hasGrown(this.latency_growth_ratio);
    else if (waiting <= 0) this.hasGrown = false;
    this.isNew = false;
    const state = this.judge(fill);
    if (state === COLLAPSED && this.state !== COLLAPSED) this.record.collapse(this.cause(fill));
    this.state = state;
    this.record.enter(state, fill, now);
    this.samples += 1;
    return this.samples * this.interval_s;
  }

  private judge(fill: number): i32 {
    if (this.hasGrown) return COLLAPSED;
    if (fill > this.collapsed_ratio && (this.state === COLLAPSED || this.trend.growth() > 0)) return COLLAPSED;
    return fill >= this.degraded_ratio ? DEGRADED : STABLE;
  }

  private cause(fill: number): i32 {
    const ends = this.trend.ends();
    if (this.trend.alwaysWaited() && ends <= 0) return CAUSE_STARVATION;
    if (ends >= LEAST_ENDS && this.trend.failures() >= this.failed_ratio * ends) return CAUSE_FAULTS;
    if (this.trend.overflow() > 0) return CAUSE_OVERFLOW;
    return fill > this.collapsed_ratio ? CAUSE_CONGESTION : CAUSE_LATENCY;
  }
}
