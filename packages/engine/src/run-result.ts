import type { HistogramBuckets } from "./histogram-buckets.js";

/** What one run measured. Arrays are copies: the simulation may go on to another run. */
export interface RunResult {
  /** `truncated` when a budget or the caller ended the run: a result too, with `reason` saying which. */
  readonly outcome: "completed" | "truncated";
  /** Empty for `completed`. */
  readonly reason: string;
  /** Events processed. */
  readonly events: number;
  /** One value for each of `metricsOf(plan)`; NaN where undefined. All NaN for a truncated run. */
  readonly metrics: Float64Array;
  /** `seriesOf(plan).length` rows of `cellsOf(plan)` cell averages, row by row; NaN where a cell has no value. */
  readonly series: Float64Array;
  /** As `series`, but the value of each level at the end of each cell: AsyncFlow's sampled metrics. Empty where they were not wanted. */
  readonly samples: Float64Array;
  /** One for each of `histogramsOf(plan)`. */
  readonly histograms: readonly HistogramBuckets[];
}
