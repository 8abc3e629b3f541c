import type { NumberWriter } from "../platform/number-writer.js";
import { newNumbers, type Numbers } from "../platform/platform.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { CAUSES, COLLAPSED, DEGRADED, STATES } from "./stability.js";

/** Stands where a time would that never came. */
export const NEVER_S: number = -1;

/** What is recorded of a detector. */
export class DetectorRecord extends PartRecord {
  /** What it says, from sample to sample. */
  readonly state: Level;
  /** Time in each state [s], brought up to `since`. */
  private readonly time_s: Numbers;
  private since: number = 0;
  /** Collapses, by what they are laid to. */
  private readonly causes: Numbers;
  /** When it was degraded or worse, and collapsed, for the first time [s]. */
  private firstDegraded_s: number = NEVER_S;
  private firstCollapsed_s: number = NEVER_S;
  /** The worst state, the fill at the last sample and the highest one. */
  private worst: number = 0;
  private fill: number = 0;
  private highestFill: number = 0;

  constructor(levels: Levels) {
    super();
    this.state = levels.add();
    this.time_s = newNumbers(STATES);
    this.causes = newNumbers(CAUSES);
  }

  override reset(): void {
    this.since = 0;
    this.fill = 0;
    this.clear();
  }

  /** What lasts begins anew. */
  override restart(now: number): void {
    this.settle(now);
    this.clear();
    this.note(now);
  }

  /** A collapse begins. */
  collapse(cause: i32): void {
    this.causes[cause] = this.causes[cause] + 1;
  }

  /** A sample: what it says from now on. */
  enter(state: i32, fill: number, now: number): void {
    this.settle(now);
    this.state.change((state as number) - this.state.value, now);
    this.fill = fill;
    this.note(now);
  }

  /** Brings the times up to `now`. */
  override settle(now: number): void {
    const state = this.state.value as i32;
    this.time_s[state] = this.time_s[state] + (now - this.since);
    this.since = now;
  }

  save(to: NumberWriter, cells: i32): void {
    this.state.save(to, cells);
    for (let k = 0; k < STATES; k++) to.number(this.time_s[k]);
    for (let k = 0; k < CAUSES; k++) to.number(this.causes[k]);
    to.number(this.firstDegraded_s);
    to.number(this.firstCollapsed_s);
    to.number(this.worst);
    to.number(this.state.value);
    to.number(this.highestFill);
  }

  protected override clear(): void {
    for (let k = 0; k < STATES; k++) this.time_s[k] = 0;
    for (let k = 0; k < CAUSES; k++) this.causes[k] = 0;
    this.firstDegraded_s = NEVER_S;
    this.firstCollapsed_s = NEVER_S;
    this.worst = 0;
    this.highestFill = 0;
  }

  private note(now: number): void {
    const state = this.state.value;
    if (state >= (DEGRADED as number) && this.firstDegraded_s < 0) this.firstDegraded_s = now;
    if (state >= (COLLAPSED as number) && this.firstCollapsed_s < 0) this.firstCollapsed_s = now;
    this.worst = Math.max(this.worst, state);
    this.highestFill = Math.max(this.highestFill, this.fill);
  }
}
