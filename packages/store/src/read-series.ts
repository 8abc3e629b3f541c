import { groupRows, type GroupFilter, isWanted } from "./row-group.js";
import { SERIES_COLUMNS, type Series } from "./series-table.js";
import { readBatches } from "./table-reader.js";
import type { TableDigest } from "./table-writer.js";

/** Reads `series.arrow` one series at a time, with the memory of one batch and one series. */
export async function* readSeries(directory: string, digest: TableDigest, filter: GroupFilter): AsyncGenerator<Series> {
  const batches = readBatches({ directory, table: "series", digest, columns: SERIES_COLUMNS, more: [] });
  for await (const group of groupRows(batches, ["point_id", "metric"], (keys) => isWanted(keys, filter))) {
    const [point_id = "", metric = ""] = group.keys;
    yield {
      point_id,
      metric,
      t_s: group.floats("t_s"),
      mean: group.floats("mean"),
      band_low: group.floats("band_low"),
      band_high: group.floats("band_high"),
      p05: group.floats("p05"),
      p50: group.floats("p50"),
      p95: group.floats("p95"),
    };
  }
}
