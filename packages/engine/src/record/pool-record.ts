import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";
import { ValueRecorder, WAIT_BITS } from "./value-recorder.js";

/** What is recorded of a pool. */
export class PoolRecord {
  /** Units in use, and frames that wait for one. */
  readonly held: Level;
  readonly queue: Level;
  /** Wait for a unit [s]; zero waits and those of who gave up included. */
  readonly wait: ValueRecorder;
  /** Waits that reached their time limit. */
  timeouts: number = 0;
  /** Those who found the queue full. */
  rejected: number = 0;

  constructor(cells: i32) {
    this.held = new Level(cells);
    this.queue = new Level(cells);
    this.wait = new ValueRecorder(WAIT_BITS);
  }

  /** Forgets what was counted; the levels are the recorder's care. */
  clear(): void {
    this.wait.reset();
    this.timeouts = 0;
    this.rejected = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.held.save(to, cells);
    this.queue.save(to, cells);
    this.wait.save(to);
    to.number(this.timeouts);
    to.number(this.rejected);
  }
}
