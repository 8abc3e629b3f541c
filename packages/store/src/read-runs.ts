import type { Metric } from "@loadstar/engine";
import type { Schema } from "apache-arrow";
import { ResultsError } from "./results-error.js";
import { groupRows, type GroupFilter } from "./row-group.js";
import { OUTCOMES, RUN_COLUMNS, type Outcome } from "./runs-table.js";
import { readBatches, readSchema, type TableSource } from "./table-reader.js";
import type { TableDigest } from "./table-writer.js";

/** Replications as columns; only completed ones have metrics. */
export interface RunColumns {
  readonly replications: Int32Array;
  readonly seeds: BigInt64Array;
  readonly outcomes: readonly Outcome[];
  /** Empty for `completed`. */
  readonly reasons: readonly string[];
  /** One column for each metric asked for; NaN where undefined or not produced. */
  readonly metrics: readonly Float64Array[];
}

/** Some replications, of one point or several. */
export interface RunBatch extends RunColumns {
  readonly point_ids: readonly string[];
}

/** All replications of one point. */
export interface PointRuns extends RunColumns {
  readonly point_id: string;
}

/** Reads the metrics that `runs.arrow` has, in the order of its columns. */
export async function readRunMetrics(directory: string, digest: TableDigest): Promise<readonly Metric[]> {
  return metricsIn(await readSchema(runsSource(directory, digest)));
}

/** Reads `runs.arrow` batch by batch, with the memory of one batch. */
export async function* readRuns(
  directory: string,
  digest: TableDigest,
  options: Pick<GroupFilter, "metrics">,
): AsyncGenerator<RunBatch> {
  const source = runsSource(directory, digest);
  const names = await chosenMetrics(source, options.metrics);
  for await (const batch of readBatches(source)) {
    yield {
      point_ids: batch.labels("point_id"),
      replications: batch.integers("replication"),
      seeds: batch.longs("seed"),
      outcomes: outcomesIn(batch.labels("outcome"), directory),
      reasons: batch.texts("reason"),
      metrics: names.map((name) => batch.floats(name)),
    };
  }
}

/** Reads `runs.arrow` point by point, with the memory of one point and one batch. */
export async function* readPointRuns(
  directory: string,
  digest: TableDigest,
  options: GroupFilter,
): AsyncGenerator<PointRuns> {
  const source = runsSource(directory, digest);
  const names = await chosenMetrics(source, options.metrics);
  const wanted = ([point_id]: readonly string[]): boolean =>
    options.point_id === undefined || options.point_id === point_id;
  for await (const group of groupRows(readBatches(source), ["point_id"], wanted)) {
    yield {
      point_id: group.keys[0] ?? "",
      replications: group.integers("replication"),
      seeds: group.longs("seed"),
      outcomes: outcomesIn(group.labels("outcome"), directory),
      reasons: group.texts("reason"),
      metrics: names.map((name) => group.floats(name)),
    };
  }
}

function runsSource(directory: string, digest: TableDigest): TableSource {
  return { directory, table: "runs", digest, columns: RUN_COLUMNS, more: ["float"] };
}

function metricsIn(schema: Schema): readonly Metric[] {
  return schema.fields.slice(RUN_COLUMNS.length).map(({ name, metadata }) => ({
    name,
    unit: metadata.get("unit") ?? "",
    description: metadata.get("description") ?? "",
  }));
}

async function chosenMetrics(source: TableSource, names: readonly string[] | undefined): Promise<readonly string[]> {
  const known = metricsIn(await readSchema(source)).map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ResultsError(
      `Cannot read runs of "${source.directory}": a metric must be one of its columns: current value is ${JSON.stringify(unknown)}`,
    );
  }
  return names ?? known;
}

function outcomesIn(labels: readonly string[], directory: string): readonly Outcome[] {
  return labels.map((label) => {
    const outcome = OUTCOMES.find((known) => known === label);
    if (outcome === undefined) {
      throw new ResultsError(
        `Cannot read runs of "${directory}": an outcome must be one of ${OUTCOMES.join(", ")}: current value is ${JSON.stringify(label)}`,
      );
    }
    return outcome;
  });
}
