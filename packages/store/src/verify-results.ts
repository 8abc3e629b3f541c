import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { ChunkDirectory } from "./chunks/chunk-directory.js";
import { DamagedChunk } from "./chunks/decode-chunk.js";
import { hasManifest, MANIFEST_FILE } from "./manifest.js";
import { openResults, type Results } from "./open-results.js";
import { ResultsError } from "./results-error.js";
import { isParquetFile } from "./parquet/parquet-path.js";
import { readStudyFile } from "./study-file.js";
import { TABLE_NAMES, tableFile, type TableName } from "./table-schema.js";

/** What was looked at, and everything that is wrong with it. */
export interface Verification {
  readonly tables: number;
  readonly rows: number;
  readonly chunks: number;
  /** Whether a sweep, or a shard of one, has its chunks there and no tables yet. */
  readonly unfinished: boolean;
  /** Sentences that name the file; empty when all is well. */
  readonly problems: readonly string[];
}

/**
 * Reads everything in a results directory: digests and row counts of all tables, digests of their copies as Parquet, and every chunk. An unfinished one has chunks
 * only. @throws ResultsError when it is no results directory
 */
export async function verifyResults(directory: string): Promise<Verification> {
  const problems: string[] = [];
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ResultsError)) throw error;
      problems.push(error.message);
    }
  };
  const found = { tables: 0, rows: 0, chunks: 0 };
  const isUnfinished = (await readStudyFile(directory)) !== undefined;
  let results: Results | undefined;
  // An unfinished sweep has no manifest; one that is there must be sound.
  if (!isUnfinished || (await isThere(join(directory, MANIFEST_FILE)))) {
    const open = async (): Promise<void> => void (results = await openResults(directory));
    if (isUnfinished || (await hasManifest(directory))) await attempt(open);
    else await open();
  }
  for (const table of TABLE_NAMES) {
    if (results?.has(table) !== true) continue;
    found.tables++;
    await attempt(async () => {
      await readWhole(results!, table);
      found.rows += results!.manifest.files.find(({ file }) => file === tableFile(table))?.rows ?? 0;
    });
  }
  for (const digest of results?.manifest.files ?? []) {
    if (isParquetFile(digest.file)) await attempt(async () => await results!.verifyDigest(digest));
  }
  const chunks = await ChunkDirectory.open(directory);
  for (const address of chunks.list()) {
    found.chunks++;
    await attempt(async () => {
      try {
        await chunks.read(address);
      } catch (error) {
        if (!(error instanceof DamagedChunk)) throw error;
        throw new ResultsError(`Cannot read chunk "${chunks.file(address)}": ${error.message}`, { cause: error });
      }
    });
  }
  return { ...found, unfinished: isUnfinished && results === undefined && problems.length === 0, problems };
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** Reads a table to its end: readers check the digest, the schema and the number of rows. */
async function readWhole(results: Results, table: TableName): Promise<void> {
  switch (table) {
    case "points":
      await results.readPoints();
      return;
    case "summary":
      await results.readSummary();
      return;
    case "objectives":
      await results.readObjectives();
      return;
    case "runs":
      return await drain(results.readRuns());
    case "series":
      return await drain(results.readSeries());
    case "histograms":
      return await drain(results.readHistograms());
  }
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true) continue;
}
