import { UNIT_OF_METRIC, type Column } from "./column.js";
import { floatColumn, labelColumn, METRIC_COLUMN, POINT_ID_COLUMN } from "./identity-columns.js";
import { writeTable } from "./table-stream.js";
import type { TableDigest } from "./table-writer.js";

/** What the replications prove about one objective at one point. */
export interface ObjectiveRow {
  readonly point_id: string;
  readonly metric: string;
  /** The objective in words, such as `latency_s_p95 < 0.2 with probability 0.95`. */
  readonly objective: string;
  readonly verdict: Verdict;
  /** Estimate of the quantity that the objective bounds, with its interval. */
  readonly estimate: number;
  readonly ci_low: number;
  readonly ci_high: number;
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
  /** Replications still needed for a verdict; 0 if it stands, null if no number of them would do. */
  readonly replications_needed: number | null;
}

export const VERDICTS = ["pass", "fail", "inconclusive"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Writes `objectives.arrow`, rows as given. */
export async function writeObjectives(
  directory: string,
  options: { readonly rows: readonly ObjectiveRow[]; readonly pointIds: readonly string[] },
): Promise<TableDigest> {
  const { rows, pointIds } = options;
  const vocabularies = new Map<string, readonly string[]>([
    ["point_id", pointIds],
    ["metric", rows.map(({ metric }) => metric)],
    ["objective", rows.map(({ objective }) => objective)],
    ["verdict", VERDICTS],
  ]);
  const cells = OBJECTIVE_COLUMN_NAMES.map((name) => (row: number) => rows[row]?.[name] ?? null);
  return await writeTable(
    { directory, table: "objectives", columns: OBJECTIVES_COLUMNS, vocabularies },
    { count: rows.length, cells },
  );
}

const OBJECTIVE_COLUMN_NAMES = [
  "point_id",
  "metric",
  "objective",
  "verdict",
  "estimate",
  "ci_low",
  "ci_high",
  "confidence",
  "replications_needed",
] as const;

/** The columns of `objectives.arrow`. */
export const OBJECTIVES_COLUMNS: readonly Column[] = [
  POINT_ID_COLUMN,
  METRIC_COLUMN,
  labelColumn("objective", "The objective in words"),
  labelColumn("verdict", "pass, fail or inconclusive"),
  floatColumn("estimate", UNIT_OF_METRIC, "Estimate of what the objective bounds; a ratio if that is a probability"),
  floatColumn("ci_low", UNIT_OF_METRIC, "Lower end of the confidence interval"),
  floatColumn("ci_high", UNIT_OF_METRIC, "Upper end of the confidence interval"),
  floatColumn("confidence", "ratio", "Nominal coverage of the interval"),
  {
    name: "replications_needed",
    kind: "int32",
    nullable: true,
    unit: "1",
    description: "Replications still needed for a verdict; null if no number would do",
  },
];
