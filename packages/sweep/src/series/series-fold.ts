import { simultaneousBand, supTCritical } from "@loadstar/stats";
import type { SeriesColumns } from "@loadstar/store";
import { KeptPaths } from "./kept-paths.js";
import { GROUP, PATHS_KEPT } from "./series-layout.js";
import { addPath, mergeMoments, momentsLength, type SeriesMoments } from "./series-moments.js";

/** Replications from which on the band follows how the cells depend on each other: below, too little is known of that. */
export const SUP_T_FROM = 100;

/** Paths from which the dependence of cells is taken, and patterns of signs drawn: some milliseconds a series. */
const SHAPE_PATHS = 128;
const DRAWS = 500;

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
  /** Undefined when all that follows from them is known. */
  #kept: KeptPaths | undefined;
  /** Whether no path was added that is not kept. */
  #keepsAll = true;
  /** How far the band reaches by sup-t, when that is known. */
  #critical: number | undefined;

  /** `room` is where all of it stands, `seriesRoomLength(cells)` numbers: nobody may use it meanwhile. */
  constructor(cells: number, room: Float64Array = new Float64Array(seriesRoomLength(cells))) {
    const length = momentsLength(cells);
    this.#cells = cells;
    this.#kept = new KeptPaths(cells);
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
      if (replication < PATHS_KEPT) this.#kept?.add(path, at);
      else this.#keepsAll = false;
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
   * Makes what follows from the kept paths alone, which are then forgotten; to be called when no more of them come. So it is done while other
   * replications still run. With fewer values than sup-t needs, nothing is done before `statistics`.
   */
  settle(options: BandOptions): void {
    const all = this.#merged();
    if (this.#kept === undefined || this.#mostValues(all) < SUP_T_FROM) return;
    this.#critical = supTOf(this.#kept, options);
    this.#percentiles(this.#kept, all);
    this.#kept = undefined;
  }

  /**
   * Columns of `series.arrow` but the time; NaN for a cell without values, and for a band of fewer than two. The band is sup-t
   * from `SUP_T_FROM` replications on, its shape from the first paths, and Bonferroni below. `random` gives uniforms in [0, 1).
   * They stand in the room of this fold, until statistics are asked again.
   */
  statistics(options: BandOptions): Omit<SeriesColumns, "t_s"> {
    const cells = this.#cells;
    const all = this.#merged();
    const columns = {
      mean: this.#column(0).fill(Number.NaN),
      band_low: this.#column(1).fill(Number.NaN),
      band_high: this.#column(2).fill(Number.NaN),
      p05: this.#column(3),
      p50: this.#column(4),
      p95: this.#column(5),
    };
    let critical = this.#critical ?? Number.NaN;
    if (this.#kept !== undefined) {
      this.#percentiles(this.#kept, all);
      if (this.#mostValues(all) >= SUP_T_FROM) critical = supTOf(this.#kept, options);
    }
    // That of sup-t is each series' own.
    const { confidence, reaches: known = new Map<number, number>() } = options;
    const reaches = Number.isNaN(critical) ? known : new Map<number, number>();
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
      const half = reach * Math.sqrt(all[2 * cells + cell]! / (n - 1));
      columns.mean[cell] = mean;
      columns.band_low[cell] = mean - half;
      columns.band_high[cell] = mean + half;
    }
    return columns;
  }

  /** Moments of all that was added; good until the next call. */
  #merged(): SeriesMoments {
    this.#all.set(this.#total);
    mergeMoments(this.#all, this.#open);
    return this.#all;
  }

  #mostValues(all: SeriesMoments): number {
    let most = 0;
    for (let cell = 0; cell < this.#cells; cell++) most = Math.max(most, all[cell]!);
    return most;
  }

  /** Fills their columns. In many cells of short runs all values are the same, which moments tell without sorting. */
  #percentiles(kept: KeptPaths, all: SeriesMoments): void {
    const cells = this.#cells;
    const columns = [3, 4, 5].map((index) => this.#column(index).fill(Number.NaN));
    kept.percentiles(columns, (cell) => {
      const mean = all[cells + cell]!;
      const isSame = this.#keepsAll && all[cell]! > 0 && all[2 * cells + cell] === 0;
      return isSame && (mean === 0 || Math.abs(mean) > SMALLEST_MEAN) ? mean : Number.NaN;
    });
  }

  #column(index: number): Float64Array {
    return this.#columns.subarray(index * this.#cells, (index + 1) * this.#cells);
  }
}

function supTOf(kept: KeptPaths, { confidence, random }: BandOptions): number {
  return supTCritical(kept.first(SHAPE_PATHS), { confidence, random, draws: DRAWS });
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
