import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";

/** What is recorded of a cache. */
export class CacheRecord {
  /** Keys that are held. */
  readonly entries: Level;
  /** Look-ups that found their key, that fetched it, and that waited for another one that did. */
  hits: number = 0;
  misses: number = 0;
  coalesced: number = 0;
  /** Keys that went for others, and that had lived too long when they were asked for. */
  evictions: number = 0;
  expirations: number = 0;

  constructor(cells: i32) {
    this.entries = new Level(cells);
  }

  /** Forgets what was counted; the level is the recorder's care. */
  clear(): void {
    this.hits = 0;
    this.misses = 0;
    this.coalesced = 0;
    this.evictions = 0;
    this.expirations = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.entries.save(to, cells);
    to.number(this.hits);
    to.number(this.misses);
    to.number(this.coalesced);
    to.number(this.evictions);
    to.number(this.expirations);
  }
}
