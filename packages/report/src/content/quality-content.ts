import { formatQuantity } from "../quantity/format-quantity.js";
import type { ComparisonTableRow } from "../comparison/render-comparison.js";
import { formatNumber } from "../quantity/format-number.js";
import type { ReportData } from "../report-data.js";
import { groupedBy } from "../grouped-by.js";
import type { SummaryTableRow } from "../summary/summary-row.js";
import { numberCell, textCell, type ContentCell, type ContentTable } from "./content-table.js";
import { pointColumns } from "./point-columns.js";

/** The share of replications that completed, as the summary calls it. */
const COMPLETED_RATIO = "replication_completed_ratio";

/** When the mean path of a point had forgotten its empty start, as the summary calls it. */
const SETTLED_AFTER = "settled_after_s";

/** How far the numbers of each point can be trusted: runs used and absent, methods, remarks. */
export function qualityContent({ points, summary, baseline }: ReportData): ContentTable {
  const { columns, cellsOf } = pointColumns(points);
  const rowsOf = groupedBy(summary, ({ point_id }) => point_id);
  const reductionsOf = groupedBy(baseline?.rows ?? [], ({ point_id }) => point_id);
  const hasReductions = baseline?.rows.some(({ difference }) => isReduction(difference.variance_reduction)) ?? false;
  const hasSettling = summary.some(({ metric }) => metric === SETTLED_AFTER);
  return {
    caption: "What the estimates rest on",
    columns: [
      ...columns,
      { heading: "runs used", align: "right" },
      { heading: "absent", align: "right" },
      { heading: "metrics not in every run", align: "right" },
      { heading: "skewed metrics", align: "right" },
      { heading: "without variance", align: "right" },
      { heading: "not bounded", align: "right" },
      ...(hasReductions ? [{ heading: "variance reduction", align: "right" as const }] : []),
      ...(hasSettling ? [{ heading: "settled after", align: "right" as const }] : []),
    ],
    rows: points.map((point) => {
      const rows = rowsOf.get(point.point_id) ?? [];
      const means = rows.filter(({ estimand, metric }) => estimand === "mean" && metric !== COMPLETED_RATIO);
      const { used, absent } = runsOf(rows, means);
      const counts = [
        used,
        absent,
        means.filter(({ n }) => n < used).length,
        means.filter(({ method }) => method === "hall").length,
        means.filter(({ flags }) => flags.includes("zero_variance")).length,
        rows.filter((row) => isBounding(row) && !(Number.isFinite(row.ci_low) && Number.isFinite(row.ci_high))).length,
      ];
      const settled = rows.find(({ metric }) => metric === SETTLED_AFTER);
      return [
        ...cellsOf(point),
        ...counts.map((count) => numberCell(formatQuantity(count, "1"), count)),
        ...(hasReductions ? [reductionCell(reductionsOf.get(point.point_id) ?? [])] : []),
        ...(hasSettling ? [settledCell(settled)] : []),
      ];
    }),
  };
}

/** Runs that completed, and those that did not; a metric may have no value in some that did. */
function runsOf(
  rows: readonly SummaryTableRow[],
  means: readonly SummaryTableRow[],
): { readonly used: number; readonly absent: number } {
  const completed = rows.find(({ metric }) => metric === COMPLETED_RATIO);
  if (completed === undefined) return { used: means.reduce((most, { n }) => Math.max(most, n), 0), absent: 0 };
  const used = Math.round(completed.estimate * completed.n);
  return { used, absent: completed.n - used };
}

/** How many times as many runs the differences to the baseline would need without shared random numbers: in the middle of the metrics compared. */
function reductionCell(rows: readonly ComparisonTableRow[]): ContentCell {
  const reductions = rows.map(({ difference }) => difference.variance_reduction).filter(isReduction);
  const middle = reductions.toSorted((a, b) => a - b)[Math.floor((reductions.length - 1) / 2)];
  return middle === undefined ? numberCell("-", Number.NaN) : numberCell(`${formatNumber(middle, 1)} ×`, middle);
}

function isReduction(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

function settledCell(row: SummaryTableRow | undefined): ContentCell {
  if (row === undefined) return textCell("");
  if (row.flags.includes("run_too_short")) return numberCell("not within the run", Infinity);
  const late = formatQuantity(row.estimate, "s");
  return numberCell(row.flags.includes("after_warm_up") ? `${late}, after the warm-up` : late, row.estimate);
}

/** Whether the row is expected to have an interval whatever the number of runs. */
function isBounding({ estimand }: { readonly estimand: string }): boolean {
  return estimand === "mean" || estimand.startsWith("quantile_");
}

/** Why runs have no metrics; no rows if all completed. */
export function reasonsContent({ reasons }: ReportData): ContentTable {
  return {
    caption: "Why runs are absent",
    columns: [
      { heading: "reason", align: "left" },
      { heading: "runs", align: "right" },
    ],
    rows: reasons.map(({ reason, runs }) => [textCell(reason), numberCell(formatQuantity(runs, "1"), runs)]),
  };
}
