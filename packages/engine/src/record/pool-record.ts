import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of a pool. */
export class PoolRecord extends PartRecord {
  /** Units in use, and frames that wait for one. */
  readonly held: Level;
  readonly queue: Level;
  /** Wait for a unit [s]; zero waits and those of who gave up included. */
  readonly wait: WaitRecorder;
  /** Waits that reached their time limit. */
  timeouts: number = 0;
  /** Those who found the queue full. */
  rejected: number = 0;

  constructor(levels: Levels) {
    super();
    this.held = levels.add();
    this.queue = levels.add();
    this.wait = new WaitRecorder();
  }

  save(to: NumberWriter, cells: i32): void {
    this.held.save(to, cells);
    this.queue.save(to, cells);
    this.wait.save(to);
    to.number(this.timeouts);
    to.number(this.rejected);
  }

  protected override clear(): void {
    this.wait.reset();
    this.timeouts = 0;
    this.rejected = 0;
  }
}
