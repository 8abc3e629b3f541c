import { parentPort, threadId } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import type { ChunkResult, ChunkTask } from "./chunks/chunk.js";
import { runChunk, type Prepared } from "./chunks/run-chunk.js";

// Tells that this module is loaded, after which the thread may be ended.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
parentPort?.postMessage(threadId);

/** A worker's memory from one chunk to the next. */
const memory: { prepared: Prepared | undefined } = { prepared: undefined };

/** Entry of a worker thread: runs a chunk and hands its columns over without copying them. */
export default function worker(task: ChunkTask): unknown {
  const { result, prepared } = runChunk(task, memory.prepared);
  memory.prepared = prepared;
  return move(new Handover(result) as never);
}

/** A chunk result as Piscina takes it: the value, and the buffers that move with it. */
class Handover {
  readonly [valueSymbol]: ChunkResult;
  readonly [transferableSymbol]: readonly ArrayBufferLike[];

  constructor(result: ChunkResult) {
    this[valueSymbol] = result;
    // All but the histograms stand in one memory.
    this[transferableSymbol] = [
      result.metrics.buffer,
      ...result.histograms.flatMap(({ indices, counts }) => [indices.buffer, counts.buffer]),
    ];
  }
}
