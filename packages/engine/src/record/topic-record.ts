import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";
import { ValueRecorder, WAIT_BITS } from "./value-recorder.js";

/** What is recorded of a topic. */
export class TopicRecord {
  /** Messages that were published, dead ones of other topics included, and those that were refused. */
  published: number = 0;
  rejected: number = 0;
  /** Who waits to publish, and for how long; only of those that had to wait [s]. */
  readonly blocked: Level;
  readonly wait: ValueRecorder;

  constructor(cells: i32) {
    this.blocked = new Level(cells);
    this.wait = new ValueRecorder(WAIT_BITS);
  }

  /** Forgets what was counted; the level is the recorder's care. */
  clear(): void {
    this.published = 0;
    this.rejected = 0;
    this.wait.reset();
  }

  save(to: NumberWriter, cells: i32): void {
    to.number(this.published);
    to.number(this.rejected);
    this.blocked.save(to, cells);
    this.wait.save(to);
  }
}
