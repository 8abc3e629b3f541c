import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of the sessions of a generator. */
export class SessionRecord extends PartRecord {
  /** Users that think. */
  readonly thinking: Level;
  /** Sessions begun, come to their end, and ended by a request that failed. */
  started: number = 0;
  completed: number = 0;
  aborted: number = 0;

  constructor(levels: Levels) {
    super();
    this.thinking = levels.add();
  }

  save(to: NumberWriter, cells: i32): void {
    this.thinking.save(to, cells);
    to.number(this.started);
    to.number(this.completed);
    to.number(this.aborted);
  }

  protected override clear(): void {
    this.started = 0;
    this.completed = 0;
    this.aborted = 0;
  }
}
