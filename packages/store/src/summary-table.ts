import type { Estimate } from "@loadstar/stats";
import { UNIT_OF_METRIC, type Column } from "./column.js";
import { joinFlags } from "./flags-cell.js";
import { countColumn, floatColumn, labelColumn, METRIC_COLUMN, POINT_ID_COLUMN } from "./identity-columns.js";
import { writeTable } from "./table-stream.js";
import type { TableDigest } from "./table-writer.js";

/** An estimate of one metric at one point. */
export type SummaryRow = { readonly point_id: string; readonly metric: string } & Estimate;

/** Writes `summary.arrow`, rows as given. */
export async function writeSummary(
  directory: string,
  options: { readonly rows: readonly SummaryRow[]; readonly pointIds: readonly string[] },
): Promise<TableDigest> {
  const { rows, pointIds } = options;
  const flags = rows.map((row) => joinFlags("summary", row.flags));
  const vocabularies = new Map([
    ["point_id", pointIds],
    ["metric", rows.map((row) => row.metric)],
    ["estimand", rows.map((row) => row.estimand)],
    ["method", rows.map((row) => row.method)],
    ["flags", flags],
  ]);
  return await writeTable(
    { directory, table: "summary", columns: SUMMARY_COLUMNS, vocabularies },
    {
      count: rows.length,
      cells: [
        ...PLAIN_COLUMN_NAMES.map((name) => (row: number) => rows[row]?.[name] ?? null),
        (row) => flags[row] ?? null,
      ],
    },
  );
}

const PLAIN_COLUMN_NAMES = [
  "point_id",
  "metric",
  "estimand",
  "estimate",
  "std_error",
  "ci_low",
  "ci_high",
  "confidence",
  "method",
  "n",
  "n_failed",
] as const;

/** The columns of `summary.arrow`. */
export const SUMMARY_COLUMNS: readonly Column[] = [
  POINT_ID_COLUMN,
  METRIC_COLUMN,
  labelColumn("estimand", "What is estimated, such as mean, quantile_0.95 or probability"),
  floatColumn("estimate", UNIT_OF_METRIC, "Point estimate; a ratio if the estimand is a probability"),
  floatColumn("std_error", UNIT_OF_METRIC, "Standard error of the estimate"),
  floatColumn("ci_low", UNIT_OF_METRIC, "Lower end of the confidence interval"),
  floatColumn("ci_high", UNIT_OF_METRIC, "Upper end of the confidence interval"),
  floatColumn("confidence", "ratio", "Nominal coverage of the interval"),
  labelColumn("method", "How the interval was made"),
  countColumn("n", "Replications used"),
  countColumn("n_failed", "Replications that produced no value"),
  labelColumn("flags", "Remarks, separated by commas"),
];
