import { createHash } from "node:crypto";
import type { ChunkAddress, ChunkContent } from "../../src/index.js";

export const ADDRESS: ChunkAddress = { key: "0123456789abcdef0123456789abcdef", first_replication: 64, count: 3 };

/** A completed, a truncated and a failed replication of two metrics, with every kind of number. */
export const CONTENT: ChunkContent = {
  outcomes: ["completed", "truncated", "failed"],
  reasons: ["", "events > 1000", 'worker "died": 日本\n\0'],
  metrics: Float64Array.of(0.25, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, Number.NaN),
  paths: Float64Array.of(1, 2, 3),
  groups: new Float64Array(0),
  histograms: [
    { indices: Int32Array.of(0, 7, 4000), counts: Float64Array.of(3, 1, 2 ** 40) },
    { indices: new Int32Array(0), counts: new Float64Array(0) },
  ],
  events: 12_345,
};

/** Bytes with the SHA-256 at their end made right: what somebody writes who knows the format. */
export function resealed(bytes: Uint8Array): Uint8Array {
  const sealed = Uint8Array.from(bytes);
  const end = sealed.length - 32;
  sealed.set(createHash("sha256").update(sealed.subarray(0, end)).digest(), end);
  return sealed;
}

/** A chunk file with another header, whole but for what the header says. */
export function withHeader(bytes: Uint8Array, change: (header: Record<string, unknown>) => unknown): Uint8Array {
  const file = Buffer.from(bytes);
  const start = 12 + file.readUInt32LE(8);
  const changed = change(JSON.parse(file.subarray(12, start).toString("utf8")) as Record<string, unknown>);
  return withHeaderText(bytes, typeof changed === "string" ? changed : JSON.stringify(changed));
}

/** A chunk file with other packed numbers behind its header, whole but for what these are. */
export function withNumbers(bytes: Uint8Array, packed: Float64Array): Uint8Array {
  const file = Buffer.from(bytes);
  const start = 12 + file.readUInt32LE(8);
  return resealed(Buffer.concat([file.subarray(0, start), Buffer.from(packed.buffer), Buffer.alloc(32)]));
}

function withHeaderText(bytes: Uint8Array, text: string): Uint8Array {
  const file = Buffer.from(bytes);
  const start = 12 + file.readUInt32LE(8);
  const header = Buffer.from(text, "utf8");
  const padded = Buffer.concat([header, Buffer.alloc((8 - ((12 + header.length) % 8)) % 8, " ")]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(padded.length);
  return resealed(Buffer.concat([file.subarray(0, 8), length, padded, file.subarray(start)]));
}
