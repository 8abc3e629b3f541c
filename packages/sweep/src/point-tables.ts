import type { Histogram, ObjectiveRow, Series, SummaryRow } from "@loadstar/store";

/** What a finished point adds to the tables. */
export interface PointTables {
  readonly summary: readonly SummaryRow[];
  readonly objectives: readonly ObjectiveRow[];
  readonly series: readonly Series[];
  readonly histograms: readonly Histogram[];
}
