import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Schema } from "apache-arrow";
import type { Cell } from "../column.js";
import { METRIC_COLUMN } from "../identity-columns.js";
import { syncDirectory } from "../sync-directory.js";
import type { TableBatch } from "../table-batch.js";
import type { TableReader } from "../table-reader.js";
import type { TableDigest } from "../table-writer.js";
import { cellsOf } from "./cells-of.js";
import { ParquetFile } from "./parquet-file.js";
import { parquetLayout, type ParquetLayout } from "./parquet-layout.js";
import { PARQUET_FOLDER, PARTITIONED, seriesParquetFile } from "./parquet-path.js";

/**
 * Writes the rows of each metric to a file of its own, in which the metric is no column: its folder says it. A pass over
 * the table serves some metrics, so that neither open files nor memory grow with their number.
 */
export async function writePartitions(directory: string, reader: TableReader): Promise<readonly TableDigest[]> {
  const metrics = new Set<string>();
  for await (const batch of reader.batches())
    for (const metric of batch.labels(METRIC_COLUMN.name)) metrics.add(metric);
  await mkdir(join(directory, PARQUET_FOLDER, PARTITIONED));
  const digests: TableDigest[] = [];
  const names = [...metrics];
  for (let first = 0; first < names.length; first += OPEN_FILES) {
    digests.push(...(await writeSome(directory, reader, names.slice(first, first + OPEN_FILES))));
  }
  await syncDirectory(join(directory, PARQUET_FOLDER, PARTITIONED));
  return digests;
}

/** Files that are written in one pass. */
const OPEN_FILES = 64;

/** Rows of a row group: 1 MB, of each file that is open. */
const GROUP_ROWS = 16_384;

async function writeSome(
  directory: string,
  reader: TableReader,
  metrics: readonly string[],
): Promise<readonly TableDigest[]> {
  const { fields, metadata } = reader.schema;
  const rest = new Schema(
    fields.filter(({ name }) => name !== METRIC_COLUMN.name),
    metadata,
  );
  const parts = new Map<string, Part>();
  try {
    for (const metric of metrics) {
      const file = seriesParquetFile(metric);
      const layout = parquetLayout(rest, [["loadstar_metric", metric]]);
      await mkdir(dirname(join(directory, file)));
      const parquet = await ParquetFile.create(join(directory, file), layout, { groupRows: GROUP_ROWS });
      parts.set(metric, { file, layout, parquet });
    }
    for await (const batch of reader.batches()) await deal(batch, parts);
    const digests: TableDigest[] = [];
    for (const { file, parquet } of parts.values()) {
      digests.push(await parquet.close(file));
      await syncDirectory(dirname(join(directory, file)));
    }
    return digests;
  } catch (error) {
    for (const { parquet } of parts.values()) await parquet.abort().catch(() => undefined);
    throw error;
  }
}

interface Part {
  readonly file: string;
  readonly layout: ParquetLayout;
  readonly parquet: ParquetFile;
}

/** Gives the rows of a batch to the files of their metrics. */
async function deal(batch: TableBatch, parts: ReadonlyMap<string, Part>): Promise<void> {
  const rows = new Map<string, number[]>();
  for (const [row, metric] of batch.labels(METRIC_COLUMN.name).entries()) {
    const known = rows.get(metric);
    if (known === undefined) rows.set(metric, [row]);
    else known.push(row);
  }
  const [first] = parts.values();
  const columns = (first?.layout.columns ?? []).map((column) => cellsOf(batch, column));
  for (const [metric, taken] of rows) {
    const pick = (cells: readonly Cell[]): readonly Cell[] => taken.map((row) => cells[row] ?? null);
    await parts.get(metric)?.parquet.append(columns.map(pick));
  }
}
