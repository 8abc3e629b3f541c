import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of a cache. */
export class CacheRecord extends PartRecord {
  /** Keys that are held. */
  readonly entries: Level;
  /** Look-ups that found their key, that fetched it, and that waited for another one that did. */
  hits: number = 0;
  misses: number = 0;
  coalesced: number = 0;
  /** Keys that went for others, and that had lived too long when they were asked for. */
  evictions: number = 0;
  expirations: number = 0;
  /** Hits and look-ups by cell of the series, and those in the cell that is open. */
  private readonly cellHits: Float64Array;
  private readonly cellLookUps: Float64Array;
  private openHits: number = 0;
  private openLookUps: number = 0;

  constructor(levels: Levels) {
    super();
    this.entries = levels.add();
    this.cellHits = new Float64Array(levels.cells);
    this.cellLookUps = new Float64Array(levels.cells);
  }

  override reset(): void {
    this.openHits = 0;
    this.openLookUps = 0;
    this.clear();
  }

  /** A look-up has found its key. */
  hit(): void {
    this.hits += 1;
    this.openHits += 1;
    this.openLookUps += 1;
  }

  /** A look-up fetches its key. */
  miss(): void {
    this.misses += 1;
    this.openLookUps += 1;
  }

  /** A look-up waits for another one that fetches its key. */
  coalesce(): void {
    this.coalesced += 1;
    this.openLookUps += 1;
  }

  override closeCell(cell: i32): void {
    this.cellHits[cell] = this.openHits;
    this.cellLookUps[cell] = this.openLookUps;
    this.openHits = 0;
    this.openLookUps = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.entries.save(to, cells);
    to.number(this.hits);
    to.number(this.misses);
    to.number(this.coalesced);
    to.number(this.evictions);
    to.number(this.expirations);
    for (let cell = 0; cell < cells; cell++) to.number(this.cellHits[cell]);
    for (let cell = 0; cell < cells; cell++) to.number(this.cellLookUps[cell]);
  }

  protected override clear(): void {
    this.hits = 0;
    this.misses = 0;
    this.coalesced = 0;
    this.evictions = 0;
    this.expirations = 0;
  }
}
