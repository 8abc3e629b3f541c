import { cellsOf } from "@loadstar/engine";
import { DamagedChunk, type ChunkAddress, type ChunkContent, type ChunkDirectory } from "@loadstar/store";
import { piecesLengths } from "../series/series-pieces.js";
import type { ReplicationRange } from "../series/series-layout.js";
import type { KeptMetrics, Study, StudyPoint } from "../study.js";
import type { ChunkResult } from "./chunk.js";
import { chunkKey } from "./chunk-key.js";
import { chunkSize } from "./chunk-size.js";
import { coverRange } from "./cover-range.js";

/** A chunk on the disk that was of no use. */
export interface DamageNote {
  readonly file: string;
  readonly reason: string;
}

/** The chunks of a study on the disk: what is there is read, what is missing is run and written. */
export class ChunkKeeper {
  readonly #study: Study;
  readonly #chunks: ChunkDirectory;
  readonly #keys = new Map<number, string>();
  /** Replications that were read and not run. */
  replicationsRead = 0;
  readonly damaged: DamageNote[] = [];

  constructor(study: Study, chunks: ChunkDirectory) {
    this.#study = study;
    this.#chunks = chunks;
  }

  /** Cuts replications of a point into chunks: those that are there, and between them others of the usual size. */
  cut(point: number, range: ReplicationRange): readonly ReplicationRange[] {
    const { plan } = this.#pointAt(point);
    const size = chunkSize(plan, { series: this.#study.kept.series.length });
    return coverRange(range, { size, present: this.#chunks.list(this.#keyOf(point)) });
  }

  isPresent(point: number, range: ReplicationRange): boolean {
    return this.#chunks.has(this.address(point, range));
  }

  /** Whether a chunk is there and whole, which takes reading it; `damaged` names those that are not whole. */
  async isUsable(point: number, range: ReplicationRange): Promise<boolean> {
    const address = this.address(point, range);
    return this.#chunks.has(address) && (await this.#read(point, address)) !== undefined;
  }

  /** Reads a chunk, or runs it and puts it on the disk. One that is damaged is run again. */
  async obtain(point: number, range: ReplicationRange, run: () => Promise<ChunkResult>): Promise<ChunkResult> {
    const address = this.address(point, range);
    if (this.#chunks.has(address)) {
      const found = await this.#read(point, address);
      if (found !== undefined) {
        this.replicationsRead += range.count;
        return found;
      }
    }
    const result = await run();
    // What the loss of a thread or the lack of time did to a chunk says nothing about its replications.
    if (!result.is_lost) await this.#chunks.write(address, contentOf(result));
    return result;
  }

  address(point: number, { first_replication, count }: ReplicationRange): ChunkAddress {
    return { key: this.#keyOf(point), first_replication, count };
  }

  /** Forgets the name of a point that is complete. */
  release(point: number): void {
    this.#keys.delete(point);
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

  #keyOf(point: number): string {
    const known = this.#keys.get(point) ?? chunkKey(this.#study, this.#pointAt(point));
    this.#keys.set(point, known);
    return known;
  }

  #pointAt(point: number): StudyPoint {
    return this.#study.points[point]!;
  }
}

/** What of a chunk is put on the disk: everything but how long it took. */
export function contentOf({ outcomes, reasons, metrics, series, histograms, events }: ChunkResult): ChunkContent {
  return { outcomes, reasons, metrics, histograms, events, paths: series.paths, groups: series.groups };
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
