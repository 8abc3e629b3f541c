/** The bytes of chunk files, for threads that do nothing else: without tables and their readers it is loaded in a twentieth of the time. */
export type { ChunkAddress, ChunkContent } from "./chunks/chunk-content.js";
export { ChunkRoom, encodeChunk } from "./chunks/encode-chunk.js";
