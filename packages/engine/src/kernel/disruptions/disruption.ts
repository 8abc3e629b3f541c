import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import type { Effect } from "./effect.js";

/** When something is wrong: once, at a known time, or again and again, by chance. */
export class Disruption {
  /** What happens, all of it at once. */
  readonly effects: Effect[];
  /** Of one at a known time [s]. */
  private readonly start_s: number;
  private readonly end_s: number;
  /** How long nothing is wrong, and how long something is; null at a known time, and the other one where all is over at once. */
  private readonly failures: Stream | null;
  private readonly repairs: Stream | null;

  constructor(plan: NumberReader, streams: Stream[]) {
    this.effects = [];
    const failures = plan.int();
    const repairs = plan.int();
    this.failures = failures < 0 ? null : streams[failures];
    this.repairs = repairs < 0 ? null : streams[repairs];
    this.start_s = plan.number();
    this.end_s = plan.number();
  }

  /** When it begins after it was over at `now`, or after the start of the run [s]; Infinity for never again. */
  nextStart_s(now: number): number {
    const failures = this.failures;
    if (failures !== null) return now + failures.next();
    return now <= this.start_s ? this.start_s : Infinity;
  }

  /** When one that begins at `now` ends [s]. */
  nextEnd_s(now: number): number {
    const repairs = this.repairs;
    if (repairs !== null) return now + repairs.next();
    return this.failures === null ? this.end_s : now;
  }

  /** Whether what ends at once has not happened: not what always does. */
  needsTime(): boolean {
    return this.failures === null || this.repairs !== null;
  }
}
