import type { NumberWriter } from "../platform/number-writer.js";

/** What is recorded of a circuit breaker. */
export class BreakerRecord {
  /** How often it has opened, and for how long it was open [s]. */
  private opened: number = 0;
  private open_s: number = 0;
  /** The time that it is open and that is not in `open_s` yet [s]. */
  private since: number = 0;
  private until: number = 0;

  reset(): void {
    this.since = 0;
    this.until = 0;
    this.clear();
  }

  /** Forgets what was counted: the end of a warm-up. */
  restart(now: number): void {
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
  settle(now: number): void {
    const end = Math.min(now, this.until);
    if (end <= this.since) return;
    this.open_s += end - this.since;
    this.since = end;
  }

  save(to: NumberWriter): void {
    to.number(this.opened);
    to.number(this.open_s);
  }

  private clear(): void {
    this.opened = 0;
    this.open_s = 0;
  }
}
