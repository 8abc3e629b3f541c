import { SIDES, VERDICTS } from "@loadstar/stats";
import { cellAt } from "./cell-at.js";
import { splitFlags } from "./flags-cell.js";
import { OBJECTIVES_COLUMNS, type ObjectiveRow } from "./objectives-table.js";
import { ResultsError } from "./results-error.js";
import type { TableBatch } from "./table-batch.js";
import { readBatches } from "./table-reader.js";
import type { TableDigest } from "./table-writer.js";

/** Reads `objectives.arrow`, in the order of its rows. */
export async function readObjectives(directory: string, digest: TableDigest): Promise<readonly ObjectiveRow[]> {
  const rows: ObjectiveRow[] = [];
  const source = { directory, table: "objectives", digest, columns: OBJECTIVES_COLUMNS, more: [] } as const;
  for await (const batch of readBatches(source)) {
    for (const row of objectiveRows(batch, directory)) rows.push(row);
  }
  return rows;
}

function objectiveRows(batch: TableBatch, directory: string): readonly ObjectiveRow[] {
  const [pointIds, objectives, metrics] = [batch.labels("point_id"), batch.labels("objective"), batch.labels("metric")];
  const [sides, limits, estimands] = [batch.labels("side"), batch.floats("limit"), batch.labels("estimand")];
  const [estimates, confidences] = [batch.floats("estimate"), batch.floats("confidence")];
  const [lows, highs] = [batch.floats("bound_low"), batch.floats("bound_high")];
  const [methods, verdicts, flags] = [batch.labels("method"), batch.labels("verdict"), batch.labels("flags")];
  const [used, failed, needed] = [batch.integers("n"), batch.integers("n_failed"), batch.floats("n_needed")];
  return pointIds.map((point_id, row) => ({
    point_id,
    objective: cellAt(objectives, row),
    metric: cellAt(metrics, row),
    side: oneOf(SIDES, cellAt(sides, row), { directory, name: "a side" }),
    limit: cellAt(limits, row),
    estimand: cellAt(estimands, row),
    estimate: cellAt(estimates, row),
    bound_low: cellAt(lows, row),
    bound_high: cellAt(highs, row),
    confidence: cellAt(confidences, row),
    method: cellAt(methods, row),
    verdict: oneOf(VERDICTS, cellAt(verdicts, row), { directory, name: "a verdict" }),
    n: cellAt(used, row),
    n_failed: cellAt(failed, row),
    n_needed: cellAt(needed, row),
    flags: splitFlags(cellAt(flags, row)),
  }));
}

/** A program that acts on a verdict must not meet a fourth one. */
function oneOf<Word extends string>(
  words: readonly Word[],
  label: string,
  { directory, name }: { readonly directory: string; readonly name: string },
): Word {
  const word = words.find((known) => known === label);
  if (word !== undefined) return word;
  throw new ResultsError(
    `Cannot read objectives of "${directory}": ${name} must be one of ${words.join(", ")}: current value is ${JSON.stringify(label)}`,
  );
}
