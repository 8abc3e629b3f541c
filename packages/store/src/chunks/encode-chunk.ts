import { createHash } from "node:crypto";
import type { ChunkAddress, ChunkContent } from "./chunk-content.js";
import { packNumbers } from "./pack-numbers.js";

/** First bytes of a chunk file. */
export const CHUNK_MAGIC: Buffer = Buffer.from("LOADCHNK", "latin1");
export const CHUNK_VERSION = 2;

/** Length of the SHA-256 at the end [bytes]. */
export const DIGEST_BYTES = 32;

/** What stands in front of the numbers, as JSON. */
export interface ChunkHeader extends ChunkAddress {
  readonly loadstar_chunk: typeof CHUNK_VERSION;
  readonly events: number;
  readonly outcomes: readonly string[];
  readonly reasons: readonly string[];
  /** Lengths of the arrays that follow, in this order, before they were packed. */
  readonly metrics: number;
  readonly paths: number;
  readonly groups: number;
  /** Buckets of each histogram: so many indices, then so many counts. */
  readonly histograms: readonly number[];
}

/**
 * Room in which chunks are packed one after the other: one of its own for each would be as large as all its numbers, most of it
 * would be left empty, and what is given up waits for a collection of garbage.
 */
export class ChunkRoom {
  #buffer = Buffer.alloc(0);

  /** So many bytes, which are good until the next call; what they are is not defined. */
  take(length: number): Buffer {
    // Some to spare: the texts of the next chunk may be a little longer.
    if (this.#buffer.length < length) this.#buffer = Buffer.from(new ArrayBuffer(length + (length >> 3)));
    return this.#buffer;
  }
}

/**
 * The bytes of a chunk file: magic, length of the header (32 bits), header (JSON, padded with spaces to a multiple of
 * eight), the numbers as doubles, packed, SHA-256 of all that. Everything is little-endian. Equal contents give equal bytes: NaN
 * is written in one way, whatever its bits were. They stand in `space` and are good until that is used again.
 */
export function encodeChunk(
  address: ChunkAddress,
  content: ChunkContent,
  space: ChunkRoom = new ChunkRoom(),
): Uint8Array {
  const { metrics, paths, groups, histograms, outcomes, reasons, events } = content;
  const header: ChunkHeader = {
    loadstar_chunk: CHUNK_VERSION,
    ...address,
    events,
    outcomes,
    reasons,
    metrics: metrics.length,
    paths: paths.length,
    groups: groups.length,
    histograms: histograms.map(({ indices }) => indices.length),
  };
  const arrays = [metrics, paths, groups, ...histograms.flatMap(({ indices, counts }) => [indices, counts])];
  const most = arrays.reduce((sum, array) => sum + array.length + 1, 0);
  const text = paddedText(header);
  const start = CHUNK_MAGIC.length + 4 + text.length;
  const room = space.take(start + 8 * most + DIGEST_BYTES);
  CHUNK_MAGIC.copy(room, 0);
  room.writeUInt32LE(text.length, CHUNK_MAGIC.length);
  text.copy(room, CHUNK_MAGIC.length + 4);
  const doubles = new Float64Array(room.buffer, start, most);
  let packed = 0;
  for (const array of arrays) packed = packNumbers(array, doubles, packed);
  const end = start + 8 * packed;
  createHash("sha256").update(room.subarray(0, end)).digest().copy(room, end);
  return room.subarray(0, end + DIGEST_BYTES);
}

/** Header text such that the numbers after it begin at a multiple of eight. */
function paddedText(header: ChunkHeader): Buffer {
  const text = Buffer.from(JSON.stringify(header), "utf8");
  const missing = (8 - ((CHUNK_MAGIC.length + 4 + text.length) % 8)) % 8;
  return Buffer.concat([text, Buffer.alloc(missing, " ")]);
}
