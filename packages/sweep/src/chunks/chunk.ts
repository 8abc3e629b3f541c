import type { HistogramBuckets, Plan } from "@loadstar/engine";
import type { SeriesPieces } from "../series/series-pieces.js";

/** Consecutive replications of one point: the unit of work that crosses to a worker thread, and is kept on disk. */
export interface ChunkTask {
  /** Tells a worker whether it may reuse the simulation it has prepared: equal keys mean equal plans. */
  readonly plan_key: string;
  readonly plan: Plan;
  readonly seed: number;
  readonly first_replication: number;
  readonly count: number;
  /** Which metrics, series and histograms come back, as positions in the engine's lists. */
  readonly keep: Kept;
  /** Memory for the numbers that come back: it moves to the worker and, as that of the result, back. */
  readonly room?: ArrayBuffer | undefined;
  /** Shared with the worker: 1 at position 0 makes it stop before the next replication. */
  readonly stop?: Int32Array;
  /** Wall time after which a replication is ended [s]; none if absent. */
  readonly replication_timeout_s?: number | undefined;
}

export interface Kept {
  readonly metrics: Int32Array;
  readonly series: Int32Array;
  readonly histograms: Int32Array;
}

/** What came of a chunk, as columns that are transferred, not copied. */
export interface ChunkResult {
  readonly first_replication: number;
  /** `completed`, `truncated` or `failed`, one for each replication. */
  readonly outcomes: readonly string[];
  /** Empty for `completed`. */
  readonly reasons: readonly string[];
  /** Replications x kept metrics, row by row; NaN where undefined or not produced. */
  readonly metrics: Float64Array;
  readonly series: SeriesPieces;
  /** One for each kept histogram, over the completed replications. */
  readonly histograms: readonly HistogramBuckets[];
  readonly events: number;
  /** Computing time in the worker [s]; 0 for what was read from the disk. */
  readonly elapsed_s: number;
  /** Whether it says nothing for another day, and is not to be kept: its thread was lost, or a replication ran out of wall time. */
  readonly is_lost: boolean;
}
