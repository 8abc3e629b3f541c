import { bucketLow, BUCKETS_PER_DOUBLING, SMALLEST_VALUE } from "@loadstar/engine";
import { HISTOGRAMS_COLUMNS, type Histogram } from "./histograms-table.js";
import { ResultsError } from "./results-error.js";
import { groupRows, type GroupFilter, isWanted } from "./row-group.js";
import { readBatches } from "./table-reader.js";
import type { TableDigest } from "./table-writer.js";

/** Reads `histograms.arrow` one histogram at a time, in the form in which histograms merge. */
export async function* readHistograms(
  directory: string,
  digest: TableDigest,
  filter: GroupFilter,
): AsyncGenerator<Histogram> {
  const batches = readBatches({ directory, table: "histograms", digest, columns: HISTOGRAMS_COLUMNS, more: [] });
  for await (const group of groupRows(batches, ["point_id", "metric"], (keys) => isWanted(keys, filter))) {
    const [point_id = "", metric = ""] = group.keys;
    const indices = Int32Array.from(group.floats("low"), (low) => bucketIndex(low, directory));
    const counts = Float64Array.from(group.longs("count"), Number);
    yield { point_id, metric, buckets: { indices, counts } };
  }
}

/** The bucket with a lower bound: the inverse of the engine's `bucketLow`. */
function bucketIndex(low: number, directory: string): number {
  if (low === 0) return 0;
  const ratio = low / SMALLEST_VALUE;
  const doubling = Math.floor(Math.log2(ratio));
  const index = 1 + doubling * BUCKETS_PER_DOUBLING + Math.round((ratio / 2 ** doubling - 1) * BUCKETS_PER_DOUBLING);
  if (!(index >= 0 && index <= MAXIMUM_INDEX && bucketLow(index) === low)) {
    throw new ResultsError(
      `Cannot read histograms of "${directory}": low must be the lower bound of a bucket: current value is ${low}`,
    );
  }
  return index;
}

/** Doublings of a 64-bit float, from the smallest value on, with room to spare. */
const MAXIMUM_INDEX: number = 2048 * BUCKETS_PER_DOUBLING;
