import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Metric } from "@loadstar/engine";
import { diskError } from "./disk-error.js";
import type { Histogram } from "./histograms-table.js";
import { readManifest, type Manifest } from "./manifest.js";
import type { ObjectiveRow } from "./objectives-table.js";
import type { Points } from "./points-table.js";
import { readHistograms } from "./read-histograms.js";
import { readObjectives } from "./read-objectives.js";
import { readPoints } from "./read-points.js";
import { readPointRuns, readRunMetrics, readRuns, type PointRuns, type RunBatch } from "./read-runs.js";
import { readSeries } from "./read-series.js";
import { readSummary } from "./read-summary.js";
import { ResultsError } from "./results-error.js";
import type { GroupFilter } from "./row-group.js";
import type { Series } from "./series-table.js";
import type { SummaryRow } from "./summary-table.js";
import { tableFile, type TableName } from "./table-schema.js";
import type { TableDigest } from "./table-writer.js";

/**
 * Opens a results directory, which may come from anywhere: the manifest, the names and the sizes of the files are
 * checked here, each table when it is read. @throws ResultsError
 */
export async function openResults(directory: string): Promise<Results> {
  const absolute = resolve(directory);
  try {
    if (!(await stat(absolute)).isDirectory()) throw refuse(directory, "it must be a directory", "a file");
  } catch (error) {
    throw diskError("read results", directory, error);
  }
  const manifest = await readManifest(absolute);
  for (const digest of manifest.files) await assertSize(absolute, digest);
  return new Results(absolute, manifest);
}

/**
 * The tables of one results directory. Each is read anew from the disk when asked for; before the first time its
 * SHA-256 is compared with the manifest, because the decoder of Arrow can hang on a damaged file.
 */
export class Results {
  /** Absolute. */
  readonly directory: string;
  readonly manifest: Manifest;
  readonly #intact = new Set<string>();

  /** Use `openResults`. */
  constructor(directory: string, manifest: Manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /** Whether a table was written. Reading one that was not is a ResultsError. */
  has(table: TableName): boolean {
    return this.manifest.files.some(({ file }) => file === tableFile(table));
  }

  async readPoints(): Promise<Points> {
    return await readPoints(this.directory, await this.#intactDigest("points"));
  }

  /** The metrics that the runs have, in the order of their columns. */
  async readRunMetrics(): Promise<readonly Metric[]> {
    return await readRunMetrics(this.directory, await this.#intactDigest("runs"));
  }

  /** The replications of all points, batch by batch; all metrics by default. */
  async *readRuns(options: Pick<GroupFilter, "metrics"> = {}): AsyncGenerator<RunBatch> {
    yield* readRuns(this.directory, await this.#intactDigest("runs"), options);
  }

  /** The replications point by point, or of one point; all metrics by default. */
  async *readPointRuns(filter: GroupFilter = {}): AsyncGenerator<PointRuns> {
    yield* readPointRuns(this.directory, await this.#intactDigest("runs"), filter);
  }

  async readSummary(): Promise<readonly SummaryRow[]> {
    return await readSummary(this.directory, await this.#intactDigest("summary"));
  }

  /** The verdicts on the objectives; ask `has("objectives")` first, for most sweeps have none. */
  async readObjectives(): Promise<readonly ObjectiveRow[]> {
    return await readObjectives(this.directory, await this.#intactDigest("objectives"));
  }

  /** One series after the other, in the order of points and metrics. */
  async *readSeries(filter: GroupFilter = {}): AsyncGenerator<Series> {
    yield* readSeries(this.directory, await this.#intactDigest("series"), filter);
  }

  /** One histogram after the other, in the order of points and metrics. */
  async *readHistograms(filter: GroupFilter = {}): AsyncGenerator<Histogram> {
    yield* readHistograms(this.directory, await this.#intactDigest("histograms"), filter);
  }

  /** Compares the SHA-256 of every file with the manifest. @throws ResultsError for the first that differs */
  async verifyDigests(): Promise<void> {
    for (const digest of this.manifest.files) await this.verifyDigest(digest);
  }

  /** Compares the SHA-256 of one file of the manifest. @throws ResultsError if it differs */
  async verifyDigest(digest: TableDigest): Promise<void> {
    await this.#assertIntact(digest);
  }

  async #intactDigest(table: TableName): Promise<TableDigest> {
    const file = tableFile(table);
    const digest = this.manifest.files.find((entry) => entry.file === file);
    if (digest === undefined) throw refuse(this.directory, `the manifest must list ${file}`, "a list without it");
    if (!this.#intact.has(file)) await this.#assertIntact(digest);
    return digest;
  }

  async #assertIntact({ file, sha256 }: TableDigest): Promise<void> {
    const path = join(this.directory, file);
    const found = await fileSha256(path);
    if (found !== sha256) throw refuse(path, `its SHA-256 must be that of the manifest, ${sha256}`, found);
    this.#intact.add(file);
  }
}

/** No part of a path may be a link: it could lead out of the directory. */
async function assertSize(directory: string, { file, bytes }: TableDigest): Promise<void> {
  const path = join(directory, file);
  const parts = file.split("/");
  try {
    for (const depth of parts.keys()) {
      const parent = join(directory, ...parts.slice(0, depth));
      if (depth > 0 && !(await lstat(parent)).isDirectory())
        throw refuse(parent, "it must be a directory", "something else");
    }
    const status = await lstat(path);
    if (!status.isFile()) throw refuse(path, "it must be a regular file", "something else");
    if (status.size !== bytes)
      throw refuse(path, `it must have the ${bytes} bytes of the manifest`, `${status.size} bytes`);
  } catch (error) {
    throw diskError("read results", path, error);
  }
}

async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw diskError("read file", path, error);
  }
  return hash.digest("hex");
}

function refuse(path: string, rule: string, found: string): ResultsError {
  return new ResultsError(`Cannot read results "${path}": ${rule}: current value is ${found}`);
}
