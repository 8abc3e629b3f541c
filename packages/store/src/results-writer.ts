import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { Metric } from "@loadstar/engine";
import { CHUNKS_FOLDER, ChunkDirectory } from "./chunks/chunk-directory.js";
import { diskError } from "./disk-error.js";
import { makeDirectories } from "./make-directories.js";
import { openHistograms, type Histogram } from "./histograms-table.js";
import { MANIFEST_FILE, manifestText } from "./manifest.js";
import { writeObjectives, type ObjectiveRow } from "./objectives-table.js";
import { writePoints, type Points } from "./points-table.js";
import { lockDirectory, type DirectoryLock } from "./lock-directory.js";
import { isUnfinished, resultsTarget, TABLES_FOLDER, type WriteMode } from "./results-target.js";
import { PARQUET_FOLDER } from "./parquet/parquet-path.js";
import { writeParquet } from "./parquet/write-parquet.js";
import { openRuns, type RunRows } from "./runs-table.js";
import { openSeries, type Series } from "./series-table.js";
import { openSummary, type SummaryStream } from "./summary-table.js";
import { STUDY_FILE, writeStudyFile, type StudyData } from "./study-file.js";
import { syncDirectory } from "./sync-directory.js";
import { TABLE_NAMES, tableFile, type TableName } from "./table-schema.js";
import type { OpenTable, TableStream } from "./table-stream.js";
import type { TableDigest } from "./table-writer.js";
import { writeWhole } from "./write-whole.js";

/** What to do with the directory, and what it is about. */
export interface CreateResultsOptions {
  readonly mode: WriteMode;
  readonly study: StudyData;
  /** Whether the tables are written as Parquet too; not by default. */
  readonly parquet?: boolean;
}

/**
 * Starts to write a results directory, which this process alone may do until `finish` or `discard`. Tables are written
 * to a hidden folder in it and put in place by `finish`; until then earlier results stand as they were. Chunks are
 * durable as soon as they are written: `resume` goes on with them, `overwrite` removes them.
 * @throws ResultsError if the directory may not be written: see `resultsTarget`
 */
export async function createResults(
  directory: string,
  { mode, study, parquet = false }: CreateResultsOptions,
): Promise<ResultsWriter> {
  const target = await resultsTarget(directory, { mode });
  const place = target.directory;
  const isNew = target.found === "nothing";
  const partial = join(place, `${TABLES_FOLDER}${randomBytes(6).toString("hex")}`);
  try {
    await makeDirectories(place);
  } catch (error) {
    throw diskError("write results", directory, error);
  }
  let lock: DirectoryLock | undefined;
  try {
    lock = await lockDirectory(place);
    // Whoever held the lock before may have ended meanwhile.
    await resultsTarget(place, { mode });
    for (const name of await readdir(place)) {
      if (isUnfinished(name)) await rm(join(place, name), { recursive: true, force: true });
    }
    if (mode === "overwrite") await rm(join(place, CHUNKS_FOLDER), { recursive: true, force: true });
    const chunks = await ChunkDirectory.open(place);
    await chunks.removeTemporaries();
    await writeStudyFile(place, study);
    await mkdir(partial);
    // No manifest is removed and no chunk comes before the study is there for good.
    await syncDirectory(place);
    return new ResultsWriter({ directory: place, study, parquet, partial, lock, isNew }, chunks);
  } catch (error) {
    await lock?.release();
    if (isNew) await rmdir(place).catch(() => undefined);
    throw diskError("write results", directory, error);
  }
}

/** Writes the tables of one results directory: first the points, then the others in any order, then `finish`. */
export class ResultsWriter {
  readonly #place: Place;
  readonly #open = new Map<TableName, OpenTable<never>>();
  readonly #digests = new Map<TableName, TableDigest>();
  #pointIds: readonly string[] | undefined;
  #ended = false;

  /** The durable pieces. */
  readonly chunks: ChunkDirectory;

  /** Use `createResults`. */
  constructor(place: Place, chunks: ChunkDirectory) {
    this.#place = place;
    this.chunks = chunks;
  }

  /** Where the results will stand: absolute, links resolved. */
  get directory(): string {
    return this.#place.directory;
  }

  /** Writes `points.arrow`. Comes first: other tables hold points of this one only. */
  async writePoints(points: Points): Promise<TableDigest> {
    this.#assertNotEnded("points");
    const digest = await this.#writeWhole("points", async () => await writePoints(this.#place.partial, points));
    this.#pointIds = points.rows.map(({ point_id }) => point_id);
    return digest;
  }

  /** Opens `runs.arrow`, with a column for each metric. */
  async openRuns(metrics: readonly Metric[]): Promise<TableStream<RunRows>> {
    const pointIds = this.#knownPointIds("runs");
    return await this.#stream("runs", async () => await openRuns(this.#place.partial, { metrics, pointIds }));
  }

  /** Opens `summary.arrow`. */
  async openSummary(): Promise<SummaryStream> {
    const summary = openSummary(this.#place.partial, this.#knownPointIds("summary"));
    return {
      ...(await this.#stream("summary", async () => await Promise.resolve(summary))),
      rows: () => summary.rows(),
    };
  }

  /** Writes `objectives.arrow`, which only a sweep with objectives has. */
  async writeObjectives(rows: readonly ObjectiveRow[]): Promise<TableDigest> {
    const pointIds = this.#knownPointIds("objectives");
    return await this.#writeWhole(
      "objectives",
      async () => await writeObjectives(this.#place.partial, { rows, pointIds }),
    );
  }

  /** Opens `series.arrow` for series of these metrics. */
  async openSeries(metrics: readonly Pick<Metric, "name">[]): Promise<TableStream<Series>> {
    const pointIds = this.#knownPointIds("series");
    return await this.#stream("series", async () => await openSeries(this.#place.partial, { metrics, pointIds }));
  }

  /** Opens `histograms.arrow` for histograms of these metrics. */
  async openHistograms(metrics: readonly Pick<Metric, "name">[]): Promise<TableStream<Histogram>> {
    const pointIds = this.#knownPointIds("histograms");
    return await this.#stream(
      "histograms",
      async () => await openHistograms(this.#place.partial, { metrics, pointIds }),
    );
  }

  /**
   * Writes `manifest.json` with `data`, the study and the digests of the tables, and puts everything in place. Every table
   * that was opened must be closed. @throws ResultsError if the directory cannot be written
   */
  async finish(data: Readonly<Record<string, unknown>>): Promise<void> {
    this.#knownPointIds("manifest");
    const unclosed = [...this.#open.keys()];
    if (unclosed.length > 0) {
      throw new Error(
        `Cannot finish results: every table must be closed: current value is ${unclosed.join(", ")} open`,
      );
    }
    const { directory, study, partial, lock } = this.#place;
    const digests = await this.#allDigests();
    const text = manifestText({ ...data, study }, digests);
    await writeWhole(join(partial, MANIFEST_FILE), Buffer.from(text, "utf8"));
    try {
      await this.#putInPlace(digests.map(({ file }) => file));
      await rm(join(directory, STUDY_FILE), { force: true });
      await rm(partial, { recursive: true, force: true });
    } catch (error) {
      throw diskError("put results in place at", directory, error);
    }
    this.#ended = true;
    await lock.release();
  }

  /** The digests of the tables, in the order of the manifest, and of their copies as Parquet, which are made here. */
  async #allDigests(): Promise<readonly TableDigest[]> {
    const { partial, parquet } = this.#place;
    const tables = new Map<TableName, TableDigest>();
    for (const table of TABLE_NAMES) {
      const digest = this.#digests.get(table);
      if (digest !== undefined) tables.set(table, digest);
    }
    if (!parquet) return [...tables.values()];
    try {
      return [...tables.values(), ...(await writeParquet(partial, tables))];
    } catch (error) {
      throw diskError("write Parquet to", partial, error);
    }
  }

  /**
   * The manifest goes first and comes last: a directory that has one has all that it names. A disk may write entries in another order
   * than they were changed in, so each step is on it before the next.
   */
  async #putInPlace(files: readonly string[]): Promise<void> {
    const { directory, partial, parquet } = this.#place;
    await rm(join(directory, MANIFEST_FILE), { force: true });
    await syncDirectory(directory);
    for (const table of TABLE_NAMES) {
      const file = tableFile(table);
      if (files.includes(file)) await rename(join(partial, file), join(directory, file));
      else await rm(join(directory, file), { force: true });
    }
    await rm(join(directory, PARQUET_FOLDER), { recursive: true, force: true });
    if (parquet) await rename(join(partial, PARQUET_FOLDER), join(directory, PARQUET_FOLDER));
    await syncDirectory(directory);
    await rename(join(partial, MANIFEST_FILE), join(directory, MANIFEST_FILE));
    await syncDirectory(directory);
  }

  /** Ends without tables: earlier results, the study and all chunks stay, even if there are none. */
  async leave(): Promise<void> {
    await this.#end({ isKept: true });
  }

  /**
   * Ends without tables: earlier results and all chunks stay. Does nothing after `finish` or `leave`. A study without a chunk is
   * forgotten, and a directory that was made for nothing is removed.
   */
  async discard(): Promise<void> {
    await this.#end({ isKept: false });
  }

  /**
   * Ends as if nothing had been begun: the chunks go too, and a directory that holds nothing else. For what was put together
   * of copies and cannot be completed. Does nothing after `finish` or `leave`.
   */
  async abandon(): Promise<void> {
    if (this.#ended) return;
    await this.chunks.removeAll();
    await this.discard();
    // An earlier step of the same work may have made it.
    await rmdir(this.directory).catch(() => undefined);
  }

  async #end(wish: { readonly isKept: boolean }): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.chunks.settled();
    const isKept = wish.isKept || this.chunks.list().length > 0;
    const { directory, partial, lock, isNew } = this.#place;
    for (const table of this.#open.values()) await table.abort();
    try {
      await rm(partial, { recursive: true, force: true });
      if (!isKept) {
        await rm(join(directory, STUDY_FILE), { force: true });
        await rmdir(join(directory, CHUNKS_FOLDER)).catch(() => undefined);
      }
      await lock.release();
      if (!isKept && isNew) await rmdir(directory).catch(() => undefined);
    } catch (error) {
      throw diskError("remove unfinished results", partial, error);
    }
  }

  #assertNotEnded(name: string): void {
    if (this.#ended) {
      throw new Error(`Cannot write ${name}: the results must not be finished or discarded: current value is ended`);
    }
  }

  #knownPointIds(name: string): readonly string[] {
    this.#assertNotEnded(name);
    if (this.#pointIds === undefined) {
      throw new Error(`Cannot write ${name}: the points must be written first: current value is none`);
    }
    return this.#pointIds;
  }

  async #writeWhole(table: TableName, write: () => Promise<TableDigest>): Promise<TableDigest> {
    const digest = await write();
    this.#digests.set(table, digest);
    return digest;
  }

  async #stream<Piece>(table: TableName, open: () => Promise<OpenTable<Piece>>): Promise<TableStream<Piece>> {
    const stream = await open();
    this.#open.set(table, stream);
    return {
      append: async (piece) => await stream.append(piece),
      close: async () => {
        const digest = await stream.close();
        this.#open.delete(table);
        this.#digests.set(table, digest);
        return digest;
      },
    };
  }
}

interface Place {
  readonly directory: string;
  readonly study: StudyData;
  readonly parquet: boolean;
  /** Where tables are written until they are complete. */
  readonly partial: string;
  readonly lock: DirectoryLock;
  /** Whether the directory was made for this. */
  readonly isNew: boolean;
}
