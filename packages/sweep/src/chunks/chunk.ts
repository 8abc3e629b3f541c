import type { HistogramBuckets, Plan } from "@loadstar/engine";
import type { ChunkAddress } from "@loadstar/store";
import type { PointTables } from "../point-tables.js";
import type { SeriesPieces } from "../series/series-pieces.js";
import type { PackedSummary } from "./packed-summary.js";

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
  /** The chunk's name on the disk: with it, the bytes of its file come back as well. */
  readonly address?: ChunkAddress | undefined;
  /** The id of the point of which these are all replications: with it, they come back folded. */
  readonly fold_as?: string | undefined;
  /** Memory for the numbers that come back: it moves to the worker and, as that of the result, back. */
  readonly room?: ArrayBuffer | undefined;
}

/** What ends replications before their time. */
export interface RunLimits {
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

/** What is told of the runs of a chunk, as columns that are transferred, not copied. */
export interface ChunkRuns {
  readonly first_replication: number;
  /** `completed`, `truncated` or `failed`, one for each replication. */
  readonly outcomes: readonly string[];
  /** Empty for `completed`. */
  readonly reasons: readonly string[];
  /** Replications x kept metrics, row by row; NaN where undefined or not produced. */
  readonly metrics: Float64Array;
  readonly events: number;
  /** Computing time in the worker [s]; 0 for what was read from the disk. */
  readonly elapsed_s: number;
  /** Whether it says nothing for another day, and is not to be kept: its thread was lost, or a replication ran out of wall time. */
  readonly is_lost: boolean;
  /** The bytes of its file; absent where nobody asked for them, and of what is lost. */
  readonly encoded?: Uint8Array | undefined;
}

/** What came of a chunk. */
export interface ChunkResult extends ChunkRuns {
  readonly series: SeriesPieces;
  /** One for each kept histogram, over the completed replications. */
  readonly histograms: readonly HistogramBuckets[];
}

/** What came of a chunk that is all of its point, folded where it was run: most of its numbers need not cross. */
export interface FoldedChunk extends ChunkRuns {
  readonly summary: PackedSummary;
  readonly tables: Omit<PointTables, "summary">;
}

export type ChunkOutcome = ChunkResult | FoldedChunk;
