import { createHash } from "node:crypto";

/** Digests that are known: traces are large and shared by many points. */
const known = new WeakMap<ArrayBufferView, string>();

/** A replacer for `JSON.stringify` that lets a digest stand for each typed array, and gives everything else as it is. */
export function withDigests(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? digestOfArray(value) : value;
}

/** The SHA-256 of the bytes of a typed array, in hexadecimal digits. */
export function digestOfArray(array: ArrayBufferView): string {
  const digest =
    known.get(array) ??
    createHash("sha256")
      .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
      .digest("hex");
  known.set(array, digest);
  return digest;
}
