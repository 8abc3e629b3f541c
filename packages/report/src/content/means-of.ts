import type { SummaryTableRow } from "../summary/summary-row.js";

/** The means of one metric over runs, by point. */
export function meansOf(summary: readonly SummaryTableRow[], metric: string): ReadonlyMap<string, SummaryTableRow> {
  const rows = summary.filter((row) => row.metric === metric && row.estimand === "mean");
  return new Map(rows.map((row) => [row.point_id, row]));
}

/**
 * What is known of a quantile of requests at one point: of the requests of all runs where the summary has it, else the mean of the
 * runs' own.
 */
export function requestQuantileOf(
  summary: readonly SummaryTableRow[],
  { point_id, metric }: { readonly point_id: string; readonly metric: string },
): SummaryTableRow | undefined {
  const rows = summary.filter((row) => row.point_id === point_id && row.metric === metric);
  return (
    rows.find(({ estimand }) => estimand.startsWith("request_quantile_")) ??
    rows.find(({ estimand }) => estimand === "mean")
  );
}
