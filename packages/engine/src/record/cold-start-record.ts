import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";

/** What is recorded of a server that must start. */
export class ColdStartRecord {
  /** Requests that wait for it. */
  readonly queue: Level;
  /** Starts begun. */
  starts: number = 0;
  /** Requests that have waited, and how long in sum [s]. */
  waits: number = 0;
  wait_s: number = 0;

  constructor(cells: i32) {
    this.queue = new Level(cells);
  }

  /** Forgets what was counted; the level is the recorder's care. */
  clear(): void {
    this.starts = 0;
    this.waits = 0;
    this.wait_s = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.queue.save(to, cells);
    to.number(this.starts);
    to.number(this.waits);
    to.number(this.wait_s);
  }
}
