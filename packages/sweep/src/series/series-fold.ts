import { simultaneousBand, sortedQuantile, supTCritical } from "@loadstar/stats";
import type { SeriesColumns } from "@loadstar/store";
import { GROUP, PATHS_KEPT } from "./series-layout.js";
import { addPath, mergeMoments, momentsLength, type SeriesMoments } from "./series-moments.js";

/** Replications from which on the band follows how the cells depend on each other: below, too little is known of that. */
export const SUP_T_FROM = 100;

/** Paths from which the dependence of cells is taken, and patterns of signs drawn: some milliseconds a series. */
const SHAPE_PATHS = 128;
const DRAWS = 500;

/** Values up to which sorting by insertion is faster. */
const FEW_VALUES = 64;

/** Means beyond which values that differ also differ in their squares: below, these may be too small for a double. */
const SMALLEST_MEAN = 1e-140;

export interface BandOptions {
  /** Of the whole band, range (0, 1). */
  readonly confidence: number;
  readonly random: () => number;
  /** Half-widths of Bonferroni's band at this confidence, of other series of as many cells: filled here, and used again. */
  readonly reaches?: Map<number, number>;
}

/** Numbers that the fold of a series of so many cells is made of, and its statistics: nine moments and six columns. */
export function seriesRoomLength(cells: number): number {
  return 3 * momentsLength(cells) + COLUMNS * cells;
}

/** Columns of statistics. */
const COLUMNS = 6;

/**
 * Mean path, simultaneous band and percentiles of one time series over replications added in order. Means and bands use
 * all replications, percentiles the first `PATHS_KEPT`: more would cost memory in proportion and add nothing to see.
 */
export class SeriesFold {
  readonly #cells: number;
  /** Of all groups that are complete. */
  readonly #total: SeriesMoments;
  /** Of the group that is being filled. */
  readonly #open: SeriesMoments;
  /** Of both, while statistics are made. */
  readonly #all: SeriesMoments;
  readonly #columns: Float64Array;
  /** Where the kept paths stand: in which array, and from which position on. */
  readonly #paths: Float64Array[] = [];
  readonly #starts: number[] = [];
  /** Whether no path was added that is not kept. */
  #keepsAll = true;

  /** `room` is where all of it stands, `seriesRoomLength(cells)` numbers: nobody may use it meanwhile. */
  constructor(cells: number, room: Float64Array = new Float64Array(seriesRoomLength(cells))) {
    const length = momentsLength(cells);
    this.#cells = cells;
    this.#total = room.subarray(0, length).fill(0);
    this.#open = room.subarray(length, 2 * length).fill(0);
    this.#all = room.subarray(2 * length, 3 * length);
    this.#columns = room.subarray(3 * length);
  }

  /**
   * Adds the path of a replication, undefined when it did not complete: the numbers from position `at` on, which are kept, not copied.
   */
  add(replication: number, path: Float64Array | undefined, at = 0): void {
    if (path !== undefined) {
      addPath(this.#open, path, at);
      if (replication < PATHS_KEPT) {
        this.#paths.push(path);
        this.#starts.push(at);
      } else this.#keepsAll = false;
    }
    if ((replication + 1) % GROUP !== 0) return;
    mergeMoments(this.#total, this.#open);
    this.#open.fill(0);
  }

  /** Adds the replications of a whole group. */
  addGroup(moments: SeriesMoments): void {
    this.#keepsAll = false;
    mergeMoments(this.#total, moments);
  }

  /**
   * Columns of `series.arrow` but the time; NaN for a cell without values, and for a band of fewer than two. The band is sup-t
   * from `SUP_T_FROM` replications on, its shape from the first paths, and Bonferroni below. `random` gives uniforms in [0, 1).
   * They stand in the room of this fold, until statistics are asked again.
   */
  statistics({ confidence, random, reaches: known = new Map() }: BandOptions): Omit<SeriesColumns, "t_s"> {
    const cells = this.#cells;
    const all = this.#all;
    all.set(this.#total);
    mergeMoments(all, this.#open);
    this.#columns.fill(Number.NaN);
    const columns = {
      mean: this.#column(0),
      band_low: this.#column(1),
      band_high: this.#column(2),
      p05: this.#column(3),
      p50: this.#column(4),
      p95: this.#column(5),
    };
    const critical = this.#critical(all, { confidence, random });
    // That of sup-t is each series' own.
    const reaches = Number.isNaN(critical) ? known : new Map<number, number>();
    const values = new Float64Array(this.#paths.length);
    // Most cells have the same n.
    let known_n = 0;
    let reach = Number.NaN;
    for (let cell = 0; cell < cells; cell++) {
      const n = all[cell]!;
      if (n === 0) continue;
      const mean = all[cells + cell]!;
      if (n !== known_n) {
        reach = reachOf(reaches, { n, confidence, cells, critical });
        known_n = n;
      }
      const squares = all[2 * cells + cell]!;
      const half = reach * Math.sqrt(squares / (n - 1));
      columns.mean[cell] = mean;
      columns.band_low[cell] = mean - half;
      columns.band_high[cell] = mean + half;
      if (this.#keepsAll && squares === 0 && (mean === 0 || Math.abs(mean) > SMALLEST_MEAN)) {
        // All values are the same: of many cells of short runs.
        columns.p05[cell] = columns.p50[cell] = columns.p95[cell] = mean;
        continue;
      }
      const sorted = this.#sortedAt(cell, values);
      columns.p05[cell] = sortedQuantile(sorted, 0.05);
      columns.p50[cell] = sortedQuantile(sorted, 0.5);
      columns.p95[cell] = sortedQuantile(sorted, 0.95);
    }
    return columns;
  }

  /**
   * The values of a cell, ascending; a view of `room`. Hot: once for every cell of every series of every point. In short runs most values are
   * 0, and the few others are put in their place one by one: that is several times as fast as the sort of typed arrays.
   */
  #sortedAt(cell: number, room: Float64Array): Float64Array {
    const paths = this.#paths;
    const starts = this.#starts;
    let zeros = 0;
    let others = 0;
    for (let k = 0; k < paths.length; k++) {
      const value = paths[k]![starts[k]! + cell]!;
      if (value === 0) zeros++;
      // Only NaN differs from itself.
      else if (value === value) room[others++] = value;
    }
    if (others > FEW_VALUES) room.subarray(0, others).sort();
    else sortByInsertion(room, others);
    let negative = 0;
    while (negative < others && room[negative]! < 0) negative++;
    if (zeros > 0) {
      room.copyWithin(negative + zeros, negative, others);
      room.fill(0, negative, negative + zeros);
    }
    return room.subarray(0, zeros + others);
  }

  #critical(all: SeriesMoments, options: Pick<BandOptions, "confidence" | "random">): number {
    let n = 0;
    for (let cell = 0; cell < this.#cells; cell++) n = Math.max(n, all[cell]!);
    if (n < SUP_T_FROM) return Number.NaN;
    const shape = this.#paths.slice(0, SHAPE_PATHS).map((path, k) => {
      return path.subarray(this.#starts[k]!, this.#starts[k]! + this.#cells);
    });
    return supTCritical(shape, { ...options, draws: DRAWS });
  }

  #column(index: number): Float64Array {
    return this.#columns.subarray(index * this.#cells, (index + 1) * this.#cells);
  }
}

function sortByInsertion(values: Float64Array, count: number): void {
  for (let k = 1; k < count; k++) {
    const value = values[k]!;
    let at = k;
    for (; at > 0 && values[at - 1]! > value; at--) values[at] = values[at - 1]!;
    values[at] = value;
  }
}

/** Half-width of the band for a standard deviation of 1: a t quantile costs more than a cell, and series have the same n. */
function reachOf(
  reaches: Map<number, number>,
  {
    n,
    ...options
  }: { readonly n: number; readonly confidence: number; readonly cells: number; readonly critical: number },
): number {
  const known = reaches.get(n);
  if (known !== undefined) return known;
  const reach = simultaneousBand({ n, mean: 0, variance: 1, ...options }).high;
  reaches.set(n, reach);
  return reach;
}
