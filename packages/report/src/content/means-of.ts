import type { SummaryTableRow } from "../summary/summary-row.js";

/** The means of one metric over runs, by point. */
export function meansOf(summary: readonly SummaryTableRow[], metric: string): ReadonlyMap<string, SummaryTableRow> {
  const rows = summary.filter((row) => row.metric === metric && row.estimand === "mean");
  return new Map(rows.map((row) => [row.point_id, row]));
}
