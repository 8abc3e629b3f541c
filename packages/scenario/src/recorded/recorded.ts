import type { Trace } from "./trace.js";

/** What a scenario takes from other files. */
export interface Recorded {
  /** The traces that `traceFilesOf` names, by their files. */
  readonly traces: ReadonlyMap<string, Trace>;
  /** The columns that `recordedColumnsOf` names, by their `columnKey`s. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}
