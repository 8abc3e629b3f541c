import { ChunkRoom, encodeChunk } from "@loadstar/store/chunks";
import type { Batch } from "./batch.js";
import { contentOf } from "./chunk-content.js";
import type { ChunkOutcome, ChunkResult, ChunkTask, RunLimits } from "./chunk.js";
import { runChunk, type Prepared } from "./run-chunk.js";

/** What is kept from one chunk to the next, so that it need not be made again. */
interface Memory {
  prepared: Prepared | undefined;
  /** The numbers of chunks that are folded here: they do not cross. */
  room: ArrayBuffer | undefined;
  folding: Float64Array | undefined;
  readonly packing: ChunkRoom;
}

/**
 * Runs batches of chunks, one after the other, in memory that they share; `run` is what runs a chunk. Chunks of which a name is known are packed for
 * the disk, and those that are all of their point are folded.
 */
export function batchRunner(run: typeof runChunk = runChunk): (batch: Batch) => Promise<readonly ChunkOutcome[]> {
  const memory: Memory = { prepared: undefined, room: undefined, folding: undefined, packing: new ChunkRoom() };
  return async ({ tasks, rules, ...limits }) => {
    // Estimators are loaded by those who need them: many studies do not, and each thread would load them before its first run.
    const folding = rules === undefined ? undefined : await import("./fold-chunk.js");
    return tasks.map((task) => {
      if (rules === undefined || folding === undefined || task.fold_as === undefined) {
        const chunk = ran(run, { ...task, ...limits }, memory);
        // Copied: the memory it is packed in is far larger, and used again.
        return chunk.encoded === undefined ? chunk : { ...chunk, encoded: new Uint8Array(chunk.encoded) };
      }
      const chunk = ran(run, { ...task, ...limits, room: memory.room }, memory);
      memory.room = chunk.metrics.buffer as ArrayBuffer;
      const point = { point_id: task.fold_as, plan: task.plan };
      const done = folding.foldChunk(chunk, { rules, point, room: task.room, folding: memory.folding });
      memory.folding = done.folding;
      return done.folded;
    });
  };
}

/** Runs a chunk; its bytes are good until the next one. */
function ran(run: typeof runChunk, task: ChunkTask & RunLimits, memory: Memory): ChunkResult {
  const { result, prepared } = run(task, memory.prepared);
  memory.prepared = prepared;
  const { address } = task;
  // What the lack of time did to a chunk says nothing about its replications.
  if (address === undefined || result.is_lost) return result;
  return { ...result, encoded: encodeChunk(address, contentOf(result), memory.packing) };
}
