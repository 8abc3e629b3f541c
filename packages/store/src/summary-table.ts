import type { Estimate } from "@loadstar/stats";
import { UNIT_OF_METRIC, type Column } from "./column.js";
import { countColumn, floatColumn, labelColumn, METRIC_COLUMN, POINT_ID_COLUMN } from "./identity-columns.js";
import { SummaryRows } from "./summary-rows.js";
import { writeTable, type OpenTable, type TableStream } from "./table-stream.js";

/** An estimate of one metric at one point. */
export type SummaryRow = { readonly point_id: string; readonly metric: string } & Estimate;

/** The summary while it is made. */
export interface SummaryStream extends TableStream<readonly SummaryRow[]> {
  /** All rows so far. */
  rows(): readonly SummaryRow[];
}

/** Opens `summary.arrow`, rows as given. The file is written when it is closed. */
export function openSummary(
  directory: string,
  pointIds: readonly string[],
): OpenTable<readonly SummaryRow[]> & SummaryStream {
  const rows = new SummaryRows();
  return {
    rows: () => Array.from({ length: rows.count }, (_, row) => rows.rowAt(row)),
    // oxlint-disable-next-line require-await -- like tables that go to the disk piece by piece
    append: async (piece) => {
      for (const row of piece) rows.append(row);
    },
    close: async () => {
      const vocabularies = new Map([...rows.vocabularies(), ["point_id", pointIds]]);
      const options = { directory, table: "summary", columns: SUMMARY_COLUMNS, vocabularies } as const;
      const cells = SUMMARY_COLUMNS.map(({ name }) => rows.cellsOf(name));
      return await writeTable(options, { count: rows.count, cells });
    },
    abort: async () => undefined,
  };
}

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
