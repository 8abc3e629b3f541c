import type { NumberWriter } from "../platform/number-writer.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of a throttle. */
export class ThrottleRecord extends PartRecord {
  /** Requests that were held back, and for how long in all [s]. */
  private held: number = 0;
  private held_s: number = 0;

  hold(delay_s: number): void {
    this.held += 1;
    this.held_s += delay_s;
  }

  save(to: NumberWriter, _cells: i32): void {
    to.number(this.held);
    to.number(this.held_s);
  }

  protected override clear(): void {
    this.held = 0;
    this.held_s = 0;
  }
}
