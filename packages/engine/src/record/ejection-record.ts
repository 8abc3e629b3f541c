import type { NumberWriter } from "../platform/number-writer.js";
import { cellEnd } from "./cells.js";
import { PartRecord } from "./part-record.js";

/** It has not been ejected, or is back. */
const NOT_EJECTED: number = -1;

/**
 * What is recorded of a member that its load balancer may eject. Ends of ejections are told late, when the load balancer looks again, so time is
 * counted by whole ejections, back into cells that are closed.
 */
export class EjectionRecord extends PartRecord {
  /** Ejections, and their time [s]. */
  private ejections: number = 0;
  private ejected_s: number = 0;
  /** The same time by cell of the series. */
  private readonly cellEjected_s: Float64Array;
  private readonly horizon_s: number;
  private readonly series_cell_s: number;
  /** When the present ejection began [s], and from when on they count. */
  private since_s: number = NOT_EJECTED;
  private counted_from_s: number = 0;

  constructor(cells: i32, horizon_s: number, series_cell_s: number) {
    super();
    this.cellEjected_s = new Float64Array(cells);
    this.horizon_s = horizon_s;
    this.series_cell_s = series_cell_s;
  }

  override reset(): void {
    this.cellEjected_s.fill(0);
    this.since_s = NOT_EJECTED;
    this.restart(0);
  }

  override restart(now: number): void {
    this.ejections = 0;
    this.ejected_s = 0;
    this.counted_from_s = now;
  }

  /** Whether the member is ejected from `time_s` on, which is not before the last change. */
  set(ejected: boolean, time_s: number): void {
    const wasEjected = this.since_s >= 0;
    if (ejected === wasEjected) return;
    if (ejected) {
      this.since_s = time_s;
      if (time_s >= this.counted_from_s) this.ejections += 1;
      return;
    }
    this.countUpTo(time_s);
    this.since_s = NOT_EJECTED;
  }

  /** Counts the present ejection up to `now`. */
  countUpTo(now: number): void {
    const since_s = this.since_s;
    if (since_s < 0) return;
    this.ejected_s += Math.max(0, now - Math.max(since_s, this.counted_from_s));
    this.addToCells(since_s, now);
    this.since_s = now;
  }

  /** `readEjection` reads in the same order. */
  save(to: NumberWriter, cells: i32): void {
    to.number(this.ejections);
    to.number(this.ejected_s);
    for (let cell = 0; cell < cells; cell++) to.number(this.cellEjected_s[cell]);
  }

  private addToCells(from_s: number, to_s: number): void {
    const cells = this.cellEjected_s.length;
    if (cells === 0) return;
    const first = Math.min((cells - 1) as number, Math.floor(from_s / this.series_cell_s)) as i32;
    // The quotient may be off by a rounding.
    let cell = first > 0 ? first - 1 : 0;
    let begin_s = cell === 0 ? 0 : cellEnd(cell - 1, cells, this.horizon_s, this.series_cell_s);
    while (cell < cells && begin_s < to_s) {
      const end_s = cellEnd(cell, cells, this.horizon_s, this.series_cell_s);
      const spent_s = Math.min(end_s, to_s) - Math.max(begin_s, from_s);
      if (spent_s > 0) this.cellEjected_s[cell] += spent_s;
      begin_s = end_s;
      cell++;
    }
  }
}
