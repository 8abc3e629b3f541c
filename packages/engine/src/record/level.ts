import type { NumberWriter } from "../platform/number-writer.js";

/**
 * A time-weighted level: a queue length, cores in use, memory, messages on an edge. Hot: `change` runs some fifteen times
 * a request. Its area is the exact integral of its value over time; a mean is an area over a duration, never an average of
 * samples.
 */
export class Level {
  value: number = 0;
  /** Averages of the cells of the time series. */
  private readonly cellMeans: Float64Array;
  /** Values at the cells' ends. */
  private readonly cellEnds: Float64Array;
  private area: number = 0;
  private maximum: number = 0;
  private since: number = 0;
  private areaAtCellStart: number = 0;
  /** Area from before the end of the warm-up. */
  private forgotten: number = 0;

  constructor(cells: i32) {
    this.cellMeans = new Float64Array(cells);
    this.cellEnds = new Float64Array(cells);
  }

  reset(): void {
    this.value = 0;
    this.area = 0;
    this.maximum = 0;
    this.since = 0;
    this.areaAtCellStart = 0;
    this.forgotten = 0;
  }

  change(delta: number, now: number): void {
    if (delta < 0) this.lower(-delta, now);
    else this.raise(delta, now);
  }

  /** It goes up by an amount >= 0. */
  raise(amount: number, now: number): void {
    const value = this.value;
    const next = value + amount;
    this.area += value * (now - this.since);
    this.since = now;
    this.value = next;
    if (next > this.maximum) this.maximum = next;
  }

  /** It goes down by an amount >= 0. */
  lower(amount: number, now: number): void {
    const value = this.value;
    this.area += value * (now - this.since);
    this.since = now;
    this.value = value - amount;
  }

  /** Its integral from the beginning of the run to `now`, the warm-up included. */
  integral(now: number): number {
    return this.forgotten + this.area + this.value * (now - this.since);
  }

  /** Brings the area up to `now`. */
  settle(now: number): void {
    this.area += this.value * (now - this.since);
    this.since = now;
  }

  /** Brings the area up to `now`, the end of a cell of `width` [s], and writes the cell. */
  closeCell(cell: i32, width: number, now: number): void {
    this.settle(now);
    this.cellMeans[cell] = (this.area - this.areaAtCellStart) / width;
    this.cellEnds[cell] = this.value;
    this.areaAtCellStart = this.area;
  }

  /** Forgets area and maximum, not the value: the end of a warm-up. */
  restart(now: number): void {
    this.settle(now);
    this.areaAtCellStart -= this.area;
    this.forgotten += this.area;
    this.area = 0;
    this.maximum = this.value;
  }

  /** Writes what was measured, of the series the first `cells`. */
  save(to: NumberWriter, cells: i32): void {
    to.number(this.area);
    to.number(this.maximum);
    to.numbers(this.cellMeans, cells);
    to.numbers(this.cellEnds, cells);
  }
}
