import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";

/** What is recorded of the sessions of a generator. */
export class SessionRecord {
  /** Users that think. */
  readonly thinking: Level;
  /** Sessions begun, come to their end, and ended by a request that failed. */
  started: number = 0;
  completed: number = 0;
  aborted: number = 0;

  constructor(cells: i32) {
    this.thinking = new Level(cells);
  }

  /** Forgets what was counted; the level is the recorder's care. */
  clear(): void {
    this.started = 0;
    this.completed = 0;
    this.aborted = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.thinking.save(to, cells);
    to.number(this.started);
    to.number(this.completed);
    to.number(this.aborted);
  }
}
