import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { HISTOGRAMS_COLUMNS } from "../histograms-table.js";
import { OBJECTIVES_COLUMNS } from "../objectives-table.js";
import { pointsColumns } from "../points-table.js";
import { RUN_COLUMNS } from "../runs-table.js";
import { SERIES_COLUMNS } from "../series-table.js";
import { SUMMARY_COLUMNS } from "../summary-table.js";
import { syncDirectory } from "../sync-directory.js";
import { TableReader, type TableSource } from "../table-reader.js";
import type { TableName } from "../table-schema.js";
import { BATCH_ROWS, type TableDigest } from "../table-writer.js";
import { cellsOf } from "./cells-of.js";
import { ParquetFile } from "./parquet-file.js";
import { parquetLayout } from "./parquet-layout.js";
import { PARQUET_FOLDER, PARTITIONED, parquetFile } from "./parquet-path.js";
import { writePartitions } from "./write-partitions.js";

/**
 * Writes complete Arrow tables of a directory once more as Parquet, into its folder `parquet`: the same rows in the same order. The series are
 * partitioned by metric. @throws ResultsError
 */
export async function writeParquet(
  directory: string,
  tables: ReadonlyMap<TableName, TableDigest>,
): Promise<readonly TableDigest[]> {
  await mkdir(join(directory, PARQUET_FOLDER));
  const digests: TableDigest[] = [];
  for (const [table, digest] of tables) {
    const reader = await TableReader.open({ directory, table, digest, ...COLUMNS[table] });
    try {
      if (table === PARTITIONED) digests.push(...(await writePartitions(directory, reader)));
      else digests.push(await writeFlat(directory, table, reader));
    } finally {
      await reader.close();
    }
  }
  await syncDirectory(join(directory, PARQUET_FOLDER));
  return digests;
}

/** What the Arrow tables must be. */
const COLUMNS: Readonly<Record<TableName, Pick<TableSource, "columns" | "more">>> = {
  points: { columns: pointsColumns([]), more: ["float", "label", "boolean"] },
  runs: { columns: RUN_COLUMNS, more: ["float"] },
  summary: { columns: SUMMARY_COLUMNS, more: [] },
  objectives: { columns: OBJECTIVES_COLUMNS, more: [] },
  series: { columns: SERIES_COLUMNS, more: [] },
  histograms: { columns: HISTOGRAMS_COLUMNS, more: [] },
};

/** Cells of a row group: some megabytes, whatever the number of columns. */
const GROUP_CELLS = 1_048_576;

async function writeFlat(directory: string, table: TableName, reader: TableReader): Promise<TableDigest> {
  const layout = parquetLayout(reader.schema);
  const groupRows = Math.max(BATCH_ROWS, Math.floor(GROUP_CELLS / layout.columns.length));
  const file = parquetFile(table);
  const parquet = await ParquetFile.create(join(directory, file), layout, { groupRows });
  try {
    for await (const batch of reader.batches()) {
      await parquet.append(layout.columns.map((column) => cellsOf(batch, column)));
    }
    return await parquet.close(file);
  } catch (error) {
    await parquet.abort();
    throw error;
  }
}
