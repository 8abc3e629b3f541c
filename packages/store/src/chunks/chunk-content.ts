/** What a chunk is about. */
export interface ChunkAddress {
  /** Stands for everything that its content follows from, but the range: 32 hexadecimal digits. */
  readonly key: string;
  readonly first_replication: number;
  /** Replications, >= 1. */
  readonly count: number;
}

/** What came of consecutive replications of one point. Shapes are those of whoever wrote it. */
export interface ChunkContent {
  /** One of `OUTCOMES` for each replication. */
  readonly outcomes: readonly string[];
  /** One for each replication, empty for `completed`. */
  readonly reasons: readonly string[];
  readonly metrics: Float64Array;
  readonly paths: Float64Array;
  readonly groups: Float64Array;
  readonly histograms: readonly { readonly indices: Int32Array; readonly counts: Float64Array }[];
  /** Simulated events of all replications. */
  readonly events: number;
}
