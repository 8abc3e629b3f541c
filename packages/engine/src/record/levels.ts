import { Level } from "./level.js";

/** All levels that are recorded. They go through a run together, whatever they belong to. */
export class Levels {
  /** Cells of the time series. */
  readonly cells: i32;
  private readonly levels: Level[] = [];

  constructor(cells: i32) {
    this.cells = cells;
  }

  /** Another level. */
  add(): Level {
    const level = new Level(this.cells);
    this.levels.push(level);
    return level;
  }

  reset(): void {
    for (let k = 0; k < this.levels.length; k++) this.levels[k].reset();
  }

  /** The end of the warm-up: what was measured so far is forgotten, the series is not. */
  restart(now: number): void {
    for (let k = 0; k < this.levels.length; k++) this.levels[k].restart(now);
  }

  /** Brings every level up to `now`. */
  settle(now: number): void {
    for (let k = 0; k < this.levels.length; k++) this.levels[k].settle(now);
  }

  /** A cell of `width` [s] ends at `now`. */
  closeCell(cell: i32, width: number, now: number): void {
    for (let k = 0; k < this.levels.length; k++) this.levels[k].closeCell(cell, width, now);
  }
}
