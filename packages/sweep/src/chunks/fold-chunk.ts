import { cellsOf } from "@loadstar/engine/runs";
import { PointFold, type FoldRules } from "../point-fold.js";
import type { PointTables } from "../point-tables.js";
import type { StudyPoint } from "../study.js";
import { roomFor } from "./chunk-arrays.js";
import type { ChunkResult, FoldedChunk } from "./chunk.js";
import { packSummary } from "./packed-summary.js";

export interface FoldChunkOptions {
  readonly rules: FoldRules;
  readonly point: Pick<StudyPoint, "point_id" | "plan">;
  /** Memory for the numbers that come back, if it is large enough. */
  readonly room?: ArrayBuffer | undefined;
  /** Memory to fold in. */
  readonly folding?: Float64Array | undefined;
}

/** Folds a chunk that is all replications of its point, and copies what crosses into one memory. Gives the memory it was folded in, too. */
export function foldChunk(
  chunk: ChunkResult,
  { rules, point, room, folding }: FoldChunkOptions,
): { readonly folded: FoldedChunk; readonly folding: Float64Array } {
  const fold = new PointFold(rules, point, folding);
  fold.add(chunk);
  const { summary, ...tables } = fold.tables();
  const { series: _, histograms: __, metrics, encoded, ...runs } = chunk;
  const columns = COLUMNS * tables.series.length * cellsOf(point.plan);
  const copies = new Copies(roomFor(metrics.length + columns + Copies.lengthOf(encoded), room));
  const folded = {
    ...runs,
    metrics: copies.of(metrics),
    summary: packSummary(summary),
    tables: { ...tables, series: seriesIn(copies, tables.series) },
    encoded: encoded === undefined ? undefined : copies.ofBytes(encoded),
  };
  return { folded, folding: fold.room };
}

/** Columns of a series, but the time. */
const COLUMNS = 6;

function seriesIn(copies: Copies, series: PointTables["series"]): PointTables["series"] {
  return series.map(({ mean, band_low, band_high, p05, p50, p95, ...about }) => ({
    ...about,
    mean: copies.of(mean),
    band_low: copies.of(band_low),
    band_high: copies.of(band_high),
    p05: copies.of(p05),
    p50: copies.of(p50),
    p95: copies.of(p95),
  }));
}

/** Copies of arrays and bytes, one after the other in one memory. */
class Copies {
  readonly #numbers: Float64Array;
  #next = 0;

  constructor(numbers: Float64Array) {
    this.#numbers = numbers;
  }

  /** Numbers in whose place there is room for so many bytes. */
  static lengthOf(bytes: Uint8Array = new Uint8Array(0)): number {
    return Math.ceil(bytes.length / Float64Array.BYTES_PER_ELEMENT);
  }

  of(array: Float64Array): Float64Array {
    const copy = this.#take(array.length);
    copy.set(array);
    return copy;
  }

  ofBytes(bytes: Uint8Array): Uint8Array {
    const { buffer, byteOffset } = this.#take(Copies.lengthOf(bytes));
    const copy = new Uint8Array(buffer, byteOffset, bytes.length);
    copy.set(bytes);
    return copy;
  }

  #take(length: number): Float64Array {
    const from = this.#next;
    this.#next += length;
    return this.#numbers.subarray(from, this.#next);
  }
}
