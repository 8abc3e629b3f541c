import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of a topic. */
export class TopicRecord extends PartRecord {
  /** Messages that were published, dead ones of other topics included, and those that were refused. */
  published: number = 0;
  rejected: number = 0;
  /** Who waits to publish, and for how long; only of those that had to wait [s]. */
  readonly blocked: Level;
  readonly wait: WaitRecorder;

  constructor(levels: Levels) {
    super();
    this.blocked = levels.add();
    this.wait = new WaitRecorder();
  }

  save(to: NumberWriter, cells: i32): void {
    to.number(this.published);
    to.number(this.rejected);
    this.blocked.save(to, cells);
    this.wait.save(to);
  }

  protected override clear(): void {
    this.published = 0;
    this.rejected = 0;
    this.wait.reset();
  }
}
