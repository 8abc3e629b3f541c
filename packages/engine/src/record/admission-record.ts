import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of a server that does not let everybody in. */
export class AdmissionRecord extends PartRecord {
  /** Requests inside, and requests in the backlog. */
  readonly inside: Level;
  readonly backlog: Level;
  /** Wait in the backlog of those that were let in [s]; zero waits included. */
  readonly wait: WaitRecorder;
  /** Requests that found the backlog full. */
  rejected: number = 0;
  /** Those that are not counted any more. */
  private forgotten: number = 0;

  constructor(levels: Levels) {
    super();
    this.inside = levels.add();
    this.backlog = levels.add();
    this.wait = new WaitRecorder();
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

  protected override clear(): void {
    this.wait.reset();
    this.forgotten += this.rejected;
    this.rejected = 0;
  }
}
