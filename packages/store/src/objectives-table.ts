import { SIDES, VERDICTS, type ObjectiveVerdict, type Side } from "@loadstar/stats";
import { UNIT_OF_METRIC, type Column } from "./column.js";
import { joinFlags } from "./flags-cell.js";
import { countColumn, floatColumn, labelColumn, METRIC_COLUMN, POINT_ID_COLUMN } from "./identity-columns.js";
import { writeTable } from "./table-stream.js";
import type { TableDigest } from "./table-writer.js";

/** The verdict on one objective at one point. */
export type ObjectiveRow = {
  readonly point_id: string;
  /** For people: `latency_s_p95 below 0.2 in 95 % of replications`. */
  readonly objective: string;
  readonly metric: string;
  readonly side: Side;
  /** In the unit of the metric. */
  readonly limit: number;
  /** `mean`, `quantile_0.95` or `probability_0.95`. */
  readonly estimand: string;
} & ObjectiveVerdict;

/** Writes `objectives.arrow`, rows as given. */
export async function writeObjectives(
  directory: string,
  options: { readonly rows: readonly ObjectiveRow[]; readonly pointIds: readonly string[] },
): Promise<TableDigest> {
  const { rows, pointIds } = options;
  const flags = rows.map((row) => joinFlags("objectives", row.flags));
  const vocabularies = new Map<string, readonly string[]>([
    ["point_id", pointIds],
    ["objective", rows.map((row) => row.objective)],
    ["metric", rows.map((row) => row.metric)],
    ["side", SIDES],
    ["estimand", rows.map((row) => row.estimand)],
    ["method", rows.map((row) => row.method)],
    ["verdict", VERDICTS],
    ["flags", flags],
  ]);
  return await writeTable(
    { directory, table: "objectives", columns: OBJECTIVES_COLUMNS, vocabularies },
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
  "objective",
  "metric",
  "side",
  "limit",
  "estimand",
  "estimate",
  "bound_low",
  "bound_high",
  "confidence",
  "method",
  "verdict",
  "n",
  "n_failed",
  "n_needed",
] as const;

/** The columns of `objectives.arrow`. */
export const OBJECTIVES_COLUMNS: readonly Column[] = [
  POINT_ID_COLUMN,
  labelColumn("objective", "The objective in words"),
  METRIC_COLUMN,
  labelColumn("side", "below or above: the good side of the limit, without the limit"),
  floatColumn("limit", UNIT_OF_METRIC, "What must not be reached"),
  labelColumn("estimand", "What must be on that side: mean, quantile_<level>, or probability_<level> of replications"),
  floatColumn("estimate", UNIT_OF_METRIC, "Point estimate; a ratio if the estimand is a probability"),
  floatColumn("bound_low", UNIT_OF_METRIC, "Lower one-sided bound, failed replications at their worst"),
  floatColumn("bound_high", UNIT_OF_METRIC, "Upper one-sided bound, failed replications at their worst"),
  floatColumn("confidence", "ratio", "Of each bound and of the verdict, one-sided"),
  labelColumn("method", "How the bounds were made"),
  labelColumn("verdict", "pass (proven), fail (refuted) or inconclusive"),
  countColumn("n", "Replications that produced a value"),
  countColumn("n_failed", "Replications that produced no value"),
  floatColumn("n_needed", "1", "Replications still needed: 0 when decided, NaN when no number can be named"),
  labelColumn("flags", "Remarks, separated by commas"),
];
