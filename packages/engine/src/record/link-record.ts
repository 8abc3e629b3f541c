import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";

/** What is recorded of a link. */
export class LinkRecord {
  /** Messages on it. */
  readonly level: Level;
  /** Messages lost. */
  lost: number = 0;

  constructor(cells: i32) {
    this.level = new Level(cells);
  }

  /** Forgets what was counted; the level is the recorder's care. */
  clear(): void {
    this.lost = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.level.save(to, cells);
    to.number(this.lost);
  }
}
