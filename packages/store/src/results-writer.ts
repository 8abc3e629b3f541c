import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Metric } from "@loadstar/engine";
import { DigestedFile } from "./digested-file.js";
import { diskError } from "./disk-error.js";
import { makeDirectories } from "./make-directories.js";
import { openHistograms, type Histogram } from "./histograms-table.js";
import { MANIFEST_FILE, manifestText } from "./manifest.js";
import { writeObjectives, type ObjectiveRow } from "./objectives-table.js";
import { writePoints, type Points } from "./points-table.js";
import { replaceDirectory } from "./replace-directory.js";
import { resultsTarget, siblingPath } from "./results-target.js";
import { openRuns, type RunRows } from "./runs-table.js";
import { openSeries, type Series } from "./series-table.js";
import { writeSummary, type SummaryRow } from "./summary-table.js";
import { TABLE_NAMES, type TableName } from "./table-schema.js";
import type { OpenTable, TableStream } from "./table-stream.js";
import type { TableDigest } from "./table-writer.js";

/**
 * Starts a results directory. Everything is written to a hidden directory beside it, which `finish` puts in place and
 * `discard` removes. Nothing is written if the directory may not be: see `resultsTarget`. @throws ResultsError
 */
export async function createResults(
  directory: string,
  options: { readonly overwrite: boolean },
): Promise<ResultsWriter> {
  const target = await resultsTarget(directory, options);
  const tag = randomBytes(6).toString("hex");
  const partial = siblingPath(target.directory, "partial", tag);
  try {
    await makeDirectories(dirname(partial));
    await mkdir(partial);
  } catch (error) {
    throw diskError("write results", directory, error);
  }
  return new ResultsWriter({ directory: target.directory, overwrite: options.overwrite, partial, tag });
}

/** Writes the tables of one results directory: first the points, then the others in any order, then `finish`. */
export class ResultsWriter {
  readonly #place: Place;
  readonly #open = new Map<TableName, OpenTable<never>>();
  readonly #digests = new Map<TableName, TableDigest>();
  #pointIds: readonly string[] | undefined;
  #ended = false;

  /** Use `createResults`. */
  constructor(place: Place) {
    this.#place = place;
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

  /** Writes `summary.arrow`. */
  async writeSummary(rows: readonly SummaryRow[]): Promise<TableDigest> {
    const pointIds = this.#knownPointIds("summary");
    return await this.#writeWhole("summary", async () => await writeSummary(this.#place.partial, { rows, pointIds }));
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
   * Writes `manifest.json` with `data` and the digests of the tables, and puts the directory in place. Every table
   * that was opened must be closed. @throws ResultsError if the directory may no longer be written
   */
  async finish(data: Readonly<Record<string, unknown>>): Promise<void> {
    this.#knownPointIds("manifest");
    const unclosed = [...this.#open.keys()];
    if (unclosed.length > 0) {
      throw new Error(
        `Cannot finish results: every table must be closed: current value is ${unclosed.join(", ")} open`,
      );
    }
    const { directory, overwrite, partial, tag } = this.#place;
    const digests = TABLE_NAMES.map((table) => this.#digests.get(table)).filter((digest) => digest !== undefined);
    const text = manifestText(data, digests);
    const file = await DigestedFile.create(join(partial, MANIFEST_FILE));
    try {
      await file.write(Buffer.from(text, "utf8"));
      await file.close();
    } catch (error) {
      await file.abort();
      throw error;
    }
    await replaceDirectory(partial, await resultsTarget(directory, { overwrite }), tag);
    this.#ended = true;
  }

  /** Removes what was written, and leaves the directory as it was. Does nothing after `finish`. */
  async discard(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    for (const table of this.#open.values()) await table.abort();
    try {
      await rm(this.#place.partial, { recursive: true, force: true });
    } catch (error) {
      throw diskError("remove unfinished results", this.#place.partial, error);
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
  readonly overwrite: boolean;
  /** Where everything is written until it is complete. */
  readonly partial: string;
  readonly tag: string;
}
