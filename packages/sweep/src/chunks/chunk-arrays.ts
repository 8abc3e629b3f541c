import { emptyPieces, piecesLengths, type PiecesShape, type SeriesPieces } from "../series/series-pieces.js";

/** The numbers of a chunk but its histograms. */
export interface ChunkArrays {
  readonly metrics: Float64Array;
  readonly series: SeriesPieces;
}

/**
 * Empty arrays for a chunk with so many metrics, one after the other in one memory, so that all of it can be used again at once: in that of
 * an earlier chunk where it is large enough.
 */
export function chunkArrays(shape: PiecesShape & { readonly metrics: number }, room?: ArrayBuffer): ChunkArrays {
  const { paths, groups } = piecesLengths(shape);
  const metrics = shape.count * shape.metrics;
  const length = metrics + paths + groups;
  const numbers = roomFor(length, room);
  return {
    metrics: numbers.subarray(0, metrics).fill(Number.NaN),
    series: emptyPieces(shape, numbers.subarray(metrics)),
  };
}

/** So many numbers in this memory where it is large enough, else in new one; what they are is not defined. */
export function roomFor(length: number, room?: ArrayBuffer): Float64Array {
  const isEnough = room !== undefined && room.byteLength >= length * Float64Array.BYTES_PER_ELEMENT;
  return isEnough ? new Float64Array(room, 0, length) : new Float64Array(length);
}
