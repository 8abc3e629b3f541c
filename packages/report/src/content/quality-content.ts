import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import { groupedBy } from "./grouped-by.js";
import { numberCell, textCell, type ContentTable } from "./content-table.js";
import { pointColumns } from "./point-columns.js";

/** The share of replications that completed, as the summary calls it. */
const COMPLETED_RATIO = "replication_completed_ratio";

/** How far the numbers of each point can be trusted: runs used and absent, methods, remarks. */
export function qualityContent({ points, summary }: ReportData): ContentTable {
  const { columns, cellsOf } = pointColumns(points);
  const rowsOf = groupedBy(summary, ({ point_id }) => point_id);
  return {
    caption: "What the estimates rest on",
    columns: [
      ...columns,
      { heading: "runs used", align: "right" },
      { heading: "absent", align: "right" },
      { heading: "skewed metrics", align: "right" },
      { heading: "without variance", align: "right" },
      { heading: "not bounded", align: "right" },
    ],
    rows: points.map((point) => {
      const rows = rowsOf.get(point.point_id) ?? [];
      const means = rows.filter(({ estimand, metric }) => estimand === "mean" && metric !== COMPLETED_RATIO);
      const used = means.reduce((most, { n }) => Math.max(most, n), 0);
      const absent = means.reduce((most, { n_failed }) => Math.max(most, n_failed), 0);
      const counts = [
        used,
        absent,
        means.filter(({ method }) => method === "hall").length,
        means.filter(({ flags }) => flags.includes("zero_variance")).length,
        rows.filter((row) => isBounding(row) && !(Number.isFinite(row.ci_low) && Number.isFinite(row.ci_high))).length,
      ];
      return [...cellsOf(point), ...counts.map((count) => numberCell(formatQuantity(count, "1"), count))];
    }),
  };
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
