import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";
import { ValueRecorder, WAIT_BITS } from "./value-recorder.js";

/** What is recorded of a server that does not let everybody in. */
export class AdmissionRecord {
  /** Requests inside, and requests in the backlog. */
  readonly inside: Level;
  readonly backlog: Level;
  /** Wait in the backlog of those that were let in [s]; zero waits included. */
  readonly wait: ValueRecorder;
  /** Requests that found the backlog full. */
  rejected: number = 0;
  /** Those that are not counted any more. */
  private forgotten: number = 0;

  constructor(cells: i32) {
    this.inside = new Level(cells);
    this.backlog = new Level(cells);
    this.wait = new ValueRecorder(WAIT_BITS);
  }

  /** Forgets what was counted; the levels are the recorder's care. */
  clear(): void {
    this.wait.reset();
    this.forgotten += this.rejected;
    this.rejected = 0;
  }

  /** All that ever found the backlog full, of earlier replications too. */
  everRejected(): number {
    return this.forgotten + this.rejected;
  }

  save(to: NumberWriter, cells: i32): void {
    this.inside.save(to, cells);
    this.backlog.save(to, cells);
    this.wait.save(to);
    to.number(this.rejected);
  }
}
