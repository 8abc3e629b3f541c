import type { Metric } from "@loadstar/engine";
import { NO_UNIT, type Column } from "./column.js";
import { countColumn, labelColumn, POINT_ID_COLUMN } from "./identity-columns.js";
import { ResultsError } from "./results-error.js";
import { RowOrder } from "./row-order.js";
import { openTable, type OpenTable, type Rows } from "./table-stream.js";

/** How a replication ended. Only a completed one has metrics. */
export const OUTCOMES = ["completed", "truncated", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Consecutive replications of one point. */
export interface RunRows {
  readonly point_id: string;
  readonly first_replication: number;
  /** Root seed, a signed 64-bit integer. */
  readonly seed: bigint;
  readonly outcomes: readonly string[];
  /** Empty for `completed`. */
  readonly reasons: readonly string[];
  /** One row for each replication and one column for each metric, row by row; NaN where undefined. */
  readonly metrics: Float64Array;
}

/**
 * Opens `runs.arrow`. Rows come in the order of the points and, within a point, of the replications. The metrics of a
 * replication that did not complete become null.
 */
export async function openRuns(
  directory: string,
  options: { readonly metrics: readonly Metric[]; readonly pointIds: readonly string[] },
): Promise<OpenTable<RunRows>> {
  const { metrics, pointIds } = options;
  assertMetricNames(metrics);
  const order = new RowOrder("runs", pointIds);
  const vocabularies = new Map<string, readonly string[]>([
    ["point_id", pointIds],
    ["outcome", OUTCOMES],
  ]);
  return await openTable<RunRows>({ directory, table: "runs", columns: runsColumns(metrics), vocabularies }, (piece) =>
    runRows(piece, metrics.length, order),
  );
}

function runRows(piece: RunRows, metricCount: number, order: RowOrder): Rows {
  const { point_id, first_replication, seed, outcomes, reasons, metrics } = piece;
  const count = outcomes.length;
  if (reasons.length !== count || metrics.length !== count * metricCount) {
    throw new Error(
      `Cannot append runs of point ${JSON.stringify(point_id)}: ${count} outcomes must have ${count} reasons and ${count * metricCount} metrics: current value is ${reasons.length} and ${metrics.length}`,
    );
  }
  if (count > 0) order.advance(point_id, first_replication, first_replication + count - 1);
  const metricCells = Array.from(
    { length: metricCount },
    (_, index) => (row: number) =>
      outcomes[row] === "completed" ? (metrics[row * metricCount + index] ?? null) : null,
  );
  const cells: Rows["cells"] = [
    point_id,
    (row) => first_replication + row,
    () => seed,
    (row) => outcomes[row] ?? null,
    (row) => reasons[row] ?? null,
    ...metricCells,
  ];
  return { count, cells };
}

/** The columns of `runs.arrow`. */
export function runsColumns(metrics: readonly Metric[]): readonly Column[] {
  return [
    ...RUN_COLUMNS,
    ...metrics.map(({ name, unit, description }): Column => ({
      name,
      kind: "float",
      nullable: true,
      unit,
      description,
    })),
  ];
}

/** The columns before the metrics. */
export const RUN_COLUMNS: readonly Column[] = [
  POINT_ID_COLUMN,
  countColumn("replication", "Number of the replication, from 0"),
  { name: "seed", kind: "int64", nullable: false, unit: "1", description: "Root seed of the sweep" },
  labelColumn("outcome", "completed, truncated (a budget ended the run) or failed; only completed runs have metrics"),
  {
    name: "reason",
    kind: "text",
    nullable: false,
    unit: NO_UNIT,
    description: "Why the run did not complete, or empty",
  },
];

function assertMetricNames(metrics: readonly Metric[]): void {
  const taken = new Set(RUN_COLUMNS.map(({ name }) => name));
  for (const { name } of metrics) {
    if (taken.has(name)) {
      throw new ResultsError(
        `Cannot write runs: each column name must be used once: current value is ${JSON.stringify(name)}`,
      );
    }
    taken.add(name);
  }
}
