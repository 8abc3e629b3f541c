import { cellsOf } from "@loadstar/engine";
import { DamagedChunk, type ChunkAddress, type ChunkContent, type ChunkDirectory } from "@loadstar/store";
import { piecesLengths } from "../series/series-pieces.js";
import type { ReplicationRange } from "../series/series-layout.js";
import type { KeptMetrics, Study, StudyPoint } from "../study.js";
import type { ChunkOutcome, ChunkResult, ChunkTask } from "./chunk.js";
import { chunkKey } from "./chunk-key.js";
import { chunkSize } from "./chunk-size.js";
import { chunkTasks } from "./chunk-task.js";
import { coverRange } from "./cover-range.js";

/** Some replications of a point, by its position. */
export interface PointRange {
  readonly point: number;
  readonly range: ReplicationRange;
}

/** A chunk on the disk that was of no use. */
export interface DamageNote {
  readonly file: string;
  readonly reason: string;
}

/** The chunks of a study on the disk: what is there is read, what is missing is run and written. */
export class ChunkKeeper {
  readonly #study: Study;
  readonly #chunks: ChunkDirectory;
  readonly #known = new Map<number, ChunksOfPoint>();
  readonly #taskOf: (point: number, range: ReplicationRange) => ChunkTask;
  /** Replications that were read and not run. */
  replicationsRead = 0;
  readonly damaged: DamageNote[] = [];

  constructor(study: Study, chunks: ChunkDirectory) {
    this.#study = study;
    this.#chunks = chunks;
    this.#taskOf = chunkTasks(study);
  }

  /** Cuts replications of a point into chunks: those that are there, and between them others of the usual size. */
  cut(point: number, range: ReplicationRange): readonly ReplicationRange[] {
    const { key, size } = this.#chunksOf(point);
    return coverRange(range, { size, present: this.#chunks.list(key) });
  }

  /** How much of a chunk of the usual size this is: its work, roughly. */
  share({ point, range }: PointRange): number {
    return range.count / this.#chunksOf(point).size;
  }

  /** What a worker needs to run a chunk and pack it for the disk. */
  taskOf({ point, range }: PointRange): ChunkTask {
    return { ...this.#taskOf(point, range), address: this.address(point, range) };
  }

  isPresent(point: number, range: ReplicationRange): boolean {
    return this.#chunks.has(this.address(point, range));
  }

  /** Whether a chunk is there and whole, which takes reading it; `damaged` names those that are not whole. */
  async isUsable(point: number, range: ReplicationRange): Promise<boolean> {
    const address = this.address(point, range);
    return this.#chunks.has(address) && (await this.#read(point, address)) !== undefined;
  }

  /**
   * Reads chunks, and runs those that are not there, which then are on the disk before they are given. One that is damaged is run again. `run` gives
   * chunks in the order of what it is asked for, packed for the disk.
   */
  async obtain(
    wanted: readonly PointRange[],
    run: (missing: readonly PointRange[]) => Promise<readonly ChunkOutcome[]>,
  ): Promise<readonly ChunkOutcome[]> {
    const found = await Promise.all(wanted.map(async (it) => await this.#find(it)));
    const missing = wanted.filter((_, position) => found[position] === undefined);
    if (missing.length === 0) return found as readonly ChunkOutcome[];
    const ran = await run(missing);
    await Promise.all(missing.map(async (it, position) => await this.#put(it, ran[position]!)));
    let next = 0;
    return found.map((chunk) => chunk ?? ran[next++]!);
  }

  async #find({ point, range }: PointRange): Promise<ChunkResult | undefined> {
    const address = this.address(point, range);
    const found = this.#chunks.has(address) ? await this.#read(point, address) : undefined;
    if (found !== undefined) this.replicationsRead += range.count;
    return found;
  }

  /** Of what is lost there is nothing to put on the disk. */
  async #put({ point, range }: PointRange, { encoded }: ChunkOutcome): Promise<void> {
    if (encoded !== undefined) await this.#chunks.writeBytes(this.address(point, range), encoded);
  }

  address(point: number, { first_replication, count }: ReplicationRange): ChunkAddress {
    return { key: this.#chunksOf(point).key, first_replication, count };
  }

  /** Forgets what is known of a point that is complete. */
  release(point: number): void {
    this.#known.delete(point);
  }

  async #read(point: number, address: ChunkAddress): Promise<ChunkResult | undefined> {
    try {
      const content = await this.#chunks.read(address);
      assertShape(content, { address, kept: this.#study.kept, point: this.#pointAt(point) });
      const { metrics, outcomes, reasons, histograms, events, paths, groups } = content;
      const { first_replication } = address;
      const series = { paths, groups };
      return {
        first_replication,
        outcomes,
        reasons,
        metrics,
        series,
        histograms,
        events,
        elapsed_s: 0,
        is_lost: false,
      };
    } catch (error) {
      if (!(error instanceof DamagedChunk)) throw error;
      this.damaged.push({ file: this.#chunks.file(address), reason: error.message });
      return undefined;
    }
  }

  #chunksOf(point: number): ChunksOfPoint {
    const known = this.#known.get(point) ?? chunksOf(this.#study, this.#pointAt(point));
    this.#known.set(point, known);
    return known;
  }

  #pointAt(point: number): StudyPoint {
    return this.#study.points[point]!;
  }
}

/** What the chunks of a point have in common. */
interface ChunksOfPoint {
  readonly key: string;
  /** The usual number of replications. */
  readonly size: number;
}

function chunksOf(study: Study, point: StudyPoint): ChunksOfPoint {
  return { key: chunkKey(study, point), size: chunkSize(point.plan, { series: study.kept.series.length }) };
}

/** A file that is whole may still come from a stranger. */
function assertShape(
  content: ChunkContent,
  about: { readonly address: ChunkAddress; readonly kept: KeptMetrics; readonly point: StudyPoint },
): void {
  const { first_replication, count } = about.address;
  const { metrics, series, histograms } = about.kept;
  const cells = cellsOf(about.point.plan);
  const { paths, groups } = piecesLengths({ first_replication, count, series: series.length, cells });
  const isRight =
    content.metrics.length === count * metrics.length &&
    content.paths.length === paths &&
    content.groups.length === groups &&
    content.histograms.length === histograms.length &&
    content.histograms.every(({ indices, counts }) => isAscending(indices) && counts.every(isCount));
  if (!isRight) throw new DamagedChunk("its shape is not that of its study");
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Beyond any bucket of the engine: a larger index would only fill memory. */
const MOST_BUCKETS = 1 << 20;

function isAscending(indices: Int32Array): boolean {
  for (let k = 0; k < indices.length; k++) {
    if (indices[k]! < 0 || indices[k]! >= MOST_BUCKETS || (k > 0 && indices[k]! <= indices[k - 1]!)) return false;
  }
  return true;
}
