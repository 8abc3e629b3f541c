import type { Metric } from "../metric.js";
import type { Recorded } from "./recorded.js";
import type { RecordedLevel } from "./recorded-level.js";

/** A level whose cell averages, times `factor`, are the time series of a metric. */
export interface LevelSeries {
  readonly metric: Metric;
  readonly level: (recorded: Recorded) => RecordedLevel;
  readonly factor: number;
}

/** Sums by cell, over sums by cell or over the widths of the cells, which are the time series of a metric. */
export interface RatioSeries {
  readonly metric: Metric;
  readonly sums: (recorded: Recorded) => Float64Array;
  /** Left out for a rate per second. */
  readonly over?: (recorded: Recorded) => Float64Array;
}
