import { createHash } from "node:crypto";
import { OUTCOMES } from "../runs-table.js";
import type { ChunkAddress, ChunkContent } from "./chunk-content.js";
import { CHUNK_MAGIC, CHUNK_VERSION, DIGEST_BYTES, type ChunkHeader } from "./encode-chunk.js";
import { packedCount, unpackNumbers } from "./pack-numbers.js";

/** More than any chunk has: a small file that says so is an attack on memory. */
const MOST_NUMBERS = 2 ** 26;

/** A chunk file that is not what it should be. */
export class DamagedChunk extends Error {
  override readonly name = "DamagedChunk";
}

/**
 * Reads the bytes of a chunk file, which may be damaged or come from a stranger.
 * @throws DamagedChunk unless it is whole, of this version and about `address`
 */
export function decodeChunk(bytes: Uint8Array, address: ChunkAddress): ChunkContent {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = file.length - DIGEST_BYTES;
  const fixed = CHUNK_MAGIC.length + 4;
  if (end < fixed) throw new DamagedChunk(`it is cut off: ${file.length} bytes`);
  if (!file.subarray(0, CHUNK_MAGIC.length).equals(CHUNK_MAGIC)) throw new DamagedChunk("it is no chunk");
  const digest = createHash("sha256").update(file.subarray(0, end)).digest();
  if (!digest.equals(file.subarray(end))) throw new DamagedChunk("its SHA-256 differs");
  const start = fixed + file.readUInt32LE(CHUNK_MAGIC.length);
  if (start > end || (end - start) % 8 !== 0) throw new DamagedChunk("its header does not end where it should");
  const header = headerOf(file.subarray(fixed, start).toString("utf8"), address);
  const lengths = [header.metrics, header.paths, header.groups, ...header.histograms.flatMap((n) => [n, n])];
  const values = lengths.reduce((sum, length) => sum + length, 0);
  // Copied: numbers must begin at a multiple of eight, which a part of a file does not.
  const packed = new Float64Array(Uint8Array.prototype.slice.call(bytes, start, end).buffer);
  if (values !== packedCount(packed)) throw new DamagedChunk("its lengths do not add up to its numbers");
  if (values > MOST_NUMBERS) throw new DamagedChunk(`it has more than ${MOST_NUMBERS} numbers`);
  const numbers = unpackNumbers(packed, values);
  let at = 0;
  const take = (length: number): Float64Array => numbers.subarray(at, (at += length));
  return {
    outcomes: header.outcomes,
    reasons: header.reasons,
    events: header.events,
    metrics: take(header.metrics),
    paths: take(header.paths),
    groups: take(header.groups),
    histograms: header.histograms.map((buckets) => {
      const indices = take(buckets);
      return { indices: Int32Array.from(indices), counts: take(buckets) };
    }),
  };
}

function headerOf(text: string, { key, first_replication, count }: ChunkAddress): ChunkHeader {
  let header: Partial<Record<keyof ChunkHeader, unknown>>;
  try {
    header = JSON.parse(text) as typeof header;
  } catch {
    throw new DamagedChunk("its header is no JSON");
  }
  if (typeof header !== "object" || header === null) throw new DamagedChunk("its header is no mapping");
  if (header.loadstar_chunk !== CHUNK_VERSION) {
    throw new DamagedChunk(`its version must be ${CHUNK_VERSION}, the one this Loadstar knows`);
  }
  if (header.key !== key || header.first_replication !== first_replication || header.count !== count) {
    throw new DamagedChunk("it is about other replications than its name says");
  }
  const { outcomes, reasons, metrics, paths, groups, histograms, events } = header;
  const isRow = (list: unknown, fits: (item: unknown) => boolean): boolean =>
    Array.isArray(list) && list.length === count && list.every(fits);
  const isSound =
    isRow(outcomes, (it) => (OUTCOMES as readonly unknown[]).includes(it)) &&
    isRow(reasons, (it) => typeof it === "string") &&
    [metrics, paths, groups, events].every(isCount) &&
    Array.isArray(histograms) &&
    histograms.every(isCount);
  if (!isSound) throw new DamagedChunk("its header is not one that Loadstar writes");
  return header as ChunkHeader;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
