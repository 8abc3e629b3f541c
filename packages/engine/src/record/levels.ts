/** Numbers kept for a level, side by side: value, area, time of the last change, maximum. */
const STRIDE = 4;
const VALUE = 0;
const AREA = 1;
const SINCE = 2;
const MAXIMUM = 3;

/**
 * Time-weighted levels: queue lengths, cores in use, memory, connections. Hot: `change` runs some fifteen times a
 * request. A level's area is the exact integral of its value over time; a mean is an area over a duration, never an
 * average of samples. Cells of a time series are closed all together when the clock passes their end, so that no event
 * and no test per change is spent on them.
 */
export class Levels {
  declare readonly count: number;
  declare readonly cells: number;
  /** Cell averages, level by level. */
  declare readonly cellMeans: Float64Array;
  /** Values at the cell ends, level by level. */
  declare readonly cellEnds: Float64Array;
  declare private readonly state: Float64Array;
  declare private readonly areaAtCellStart: Float64Array;

  constructor(count: number, cells: number) {
    this.count = count;
    this.cells = cells;
    this.cellMeans = new Float64Array(count * cells);
    this.cellEnds = new Float64Array(count * cells);
    this.state = new Float64Array(count * STRIDE);
    this.areaAtCellStart = new Float64Array(count);
  }

  reset(): void {
    this.state.fill(0);
    this.areaAtCellStart.fill(0);
    this.cellMeans.fill(0);
    this.cellEnds.fill(0);
  }

  change(level: number, delta: number, now: number): void {
    const state = this.state;
    const at = level * STRIDE;
    const value = state[at + VALUE]!;
    state[at + AREA]! += value * (now - state[at + SINCE]!);
    state[at + SINCE] = now;
    const next = value + delta;
    state[at + VALUE] = next;
    if (next > state[at + MAXIMUM]!) state[at + MAXIMUM] = next;
  }

  /** Brings every area up to `now`, the end of a cell of `width` [s], and writes the cell. */
  closeCell(cell: number, width: number, now: number): void {
    this.settle(now);
    for (let level = 0; level < this.count; level++) {
      const area = this.state[level * STRIDE + AREA]!;
      this.cellMeans[level * this.cells + cell] = (area - this.areaAtCellStart[level]!) / width;
      this.cellEnds[level * this.cells + cell] = this.state[level * STRIDE + VALUE]!;
      this.areaAtCellStart[level] = area;
    }
  }

  /** Forgets areas and maxima, not values: the end of a warm-up. */
  restart(now: number): void {
    this.settle(now);
    for (let level = 0; level < this.count; level++) {
      const at = level * STRIDE;
      this.areaAtCellStart[level]! -= this.state[at + AREA]!;
      this.state[at + AREA] = 0;
      this.state[at + MAXIMUM] = this.state[at + VALUE]!;
    }
  }

  /** Brings every area up to `now`. */
  settle(now: number): void {
    const state = this.state;
    for (let at = 0; at < state.length; at += STRIDE) {
      state[at + AREA]! += state[at + VALUE]! * (now - state[at + SINCE]!);
      state[at + SINCE] = now;
    }
  }

  value(level: number): number {
    return this.state[level * STRIDE + VALUE]!;
  }

  area(level: number): number {
    return this.state[level * STRIDE + AREA]!;
  }

  maximum(level: number): number {
    return this.state[level * STRIDE + MAXIMUM]!;
  }
}
