import type { NumberWriter } from "../platform/number-writer.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of a circuit breaker. */
export class BreakerRecord extends PartRecord {
  /** How often it has opened, and for how long it was open [s]. */
  private opened: number = 0;
  private open_s: number = 0;
  /** The time that it is open and that is not in `open_s` yet [s]. */
  private since: number = 0;
  private until: number = 0;

  override reset(): void {
    this.since = 0;
    this.until = 0;
    this.clear();
  }

  override restart(now: number): void {
    this.settle(now);
    this.clear();
  }

  /** It is open from now on. */
  open(now: number, until: number): void {
    this.settle(now);
    this.opened += 1;
    this.since = now;
    this.until = until;
  }

  /** Brings the open time up to `now`. */
  override settle(now: number): void {
    const end = Math.min(now, this.until);
    if (end <= this.since) return;
    this.open_s += end - this.since;
    this.since = end;
  }

  save(to: NumberWriter, _cells: i32): void {
    to.number(this.opened);
    to.number(this.open_s);
  }

  protected override clear(): void {
    this.opened = 0;
    this.open_s = 0;
  }
}
