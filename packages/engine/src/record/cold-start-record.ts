import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of a server that must start. */
export class ColdStartRecord extends PartRecord {
  /** Requests that wait for it. */
  readonly queue: Level;
  /** Starts begun. */
  starts: number = 0;
  /** Requests that have waited, and how long in sum [s]. */
  waits: number = 0;
  wait_s: number = 0;

  constructor(levels: Levels) {
    super();
    this.queue = levels.add();
  }

  save(to: NumberWriter, cells: i32): void {
    this.queue.save(to, cells);
    to.number(this.starts);
    to.number(this.waits);
    to.number(this.wait_s);
  }

  protected override clear(): void {
    this.starts = 0;
    this.waits = 0;
    this.wait_s = 0;
  }
}
