import { cellAt } from "./cell-at.js";
import { OBJECTIVES_COLUMNS, VERDICTS, type ObjectiveRow, type Verdict } from "./objectives-table.js";
import { ResultsError } from "./results-error.js";
import type { TableBatch } from "./table-batch.js";
import { readBatches } from "./table-reader.js";
import type { TableDigest } from "./table-writer.js";

/** Reads `objectives.arrow`, in the order of its rows. */
export async function readObjectives(directory: string, digest: TableDigest): Promise<readonly ObjectiveRow[]> {
  const rows: ObjectiveRow[] = [];
  for await (const batch of readBatches({
    directory,
    table: "objectives",
    digest,
    columns: OBJECTIVES_COLUMNS,
    more: [],
  })) {
    for (const row of objectiveRows(batch, directory)) rows.push(row);
  }
  return rows;
}

function objectiveRows(batch: TableBatch, directory: string): readonly ObjectiveRow[] {
  const [pointIds, metrics] = [batch.labels("point_id"), batch.labels("metric")];
  const [objectives, verdicts] = [batch.labels("objective"), batch.labels("verdict")];
  const [estimates, confidences] = [batch.floats("estimate"), batch.floats("confidence")];
  const [lows, highs] = [batch.floats("ci_low"), batch.floats("ci_high")];
  const [needed, isNeededKnown] = [batch.integers("replications_needed"), batch.validity("replications_needed")];
  return pointIds.map((point_id, row) => ({
    point_id,
    metric: cellAt(metrics, row),
    objective: cellAt(objectives, row),
    verdict: verdictOf(cellAt(verdicts, row), directory),
    estimate: cellAt(estimates, row),
    ci_low: cellAt(lows, row),
    ci_high: cellAt(highs, row),
    confidence: cellAt(confidences, row),
    replications_needed: cellAt(isNeededKnown, row) ? cellAt(needed, row) : null,
  }));
}

function verdictOf(label: string, directory: string): Verdict {
  const verdict = VERDICTS.find((known) => known === label);
  if (verdict === undefined) {
    throw new ResultsError(
      `Cannot read objectives of "${directory}": a verdict must be one of ${VERDICTS.join(", ")}: current value is ${JSON.stringify(label)}`,
    );
  }
  return verdict;
}
