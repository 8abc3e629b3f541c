import { parentPort, threadId } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import type { ChunkOutcome } from "./chunk.js";

/** Tells the pool that the module of this thread is loaded, after which the thread may be ended. */
export function tellLoaded(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  parentPort?.postMessage(threadId);
}

/** Chunks as a worker gives them to Piscina: their columns are not copied. */
export function handedOver(chunks: readonly ChunkOutcome[]): unknown {
  return move(new Handover(chunks) as never);
}

/** The value, and the buffers that move with it. */
class Handover {
  readonly [valueSymbol]: readonly ChunkOutcome[];
  readonly [transferableSymbol]: readonly ArrayBufferLike[];

  constructor(chunks: readonly ChunkOutcome[]) {
    this[valueSymbol] = chunks;
    this[transferableSymbol] = chunks.flatMap(buffersOf);
  }
}

/** All that a point is when it comes folded stands in one memory, but histograms: these are few numbers, and are copied. */
function buffersOf(chunk: ChunkOutcome): readonly ArrayBufferLike[] {
  if ("tables" in chunk) return [chunk.metrics.buffer];
  return [
    chunk.metrics.buffer,
    ...(chunk.encoded === undefined ? [] : [chunk.encoded.buffer]),
    ...chunk.histograms.flatMap(({ indices, counts }) => [indices.buffer, counts.buffer]),
  ];
}
