import { cellAt } from "./cell-at.js";
import { splitFlags } from "./flags-cell.js";
import { SUMMARY_COLUMNS, type SummaryRow } from "./summary-table.js";
import type { TableBatch } from "./table-batch.js";
import { readBatches } from "./table-reader.js";
import type { TableDigest } from "./table-writer.js";

/** Reads `summary.arrow`, in the order of its rows. */
export async function readSummary(directory: string, digest: TableDigest): Promise<readonly SummaryRow[]> {
  const rows: SummaryRow[] = [];
  for await (const batch of readBatches({ directory, table: "summary", digest, columns: SUMMARY_COLUMNS, more: [] })) {
    for (const row of summaryRows(batch)) rows.push(row);
  }
  return rows;
}

function summaryRows(batch: TableBatch): readonly SummaryRow[] {
  const [pointIds, metrics] = [batch.labels("point_id"), batch.labels("metric")];
  const [estimands, methods] = [batch.labels("estimand"), batch.labels("method")];
  const [estimates, stdErrors] = [batch.floats("estimate"), batch.floats("std_error")];
  const [lows, highs] = [batch.floats("ci_low"), batch.floats("ci_high")];
  const [used, failed] = [batch.integers("n"), batch.integers("n_failed")];
  const [confidences, flags] = [batch.floats("confidence"), batch.labels("flags")];
  return pointIds.map((point_id, row) => ({
    point_id,
    metric: cellAt(metrics, row),
    estimand: cellAt(estimands, row),
    estimate: cellAt(estimates, row),
    std_error: cellAt(stdErrors, row),
    ci_low: cellAt(lows, row),
    ci_high: cellAt(highs, row),
    confidence: cellAt(confidences, row),
    method: cellAt(methods, row),
    n: cellAt(used, row),
    n_failed: cellAt(failed, row),
    flags: splitFlags(cellAt(flags, row)),
  }));
}
