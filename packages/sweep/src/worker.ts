import { parentPort, threadId } from "node:worker_threads";
import type { Batch } from "./chunks/batch.js";
import { handedOver } from "./chunks/handover.js";
import { batchRunner } from "./chunks/run-batch.js";

// Tells that this module is loaded, after which the thread may be ended.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
parentPort?.postMessage(threadId);

const run: ReturnType<typeof batchRunner> = batchRunner();

/** Entry of a worker thread: runs a batch of chunks and hands their columns over without copying them. */
export default async function worker(batch: Batch): Promise<unknown> {
  return handedOver(await run(batch));
}
