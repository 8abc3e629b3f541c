import type { Batch } from "./chunks/batch.js";
import { handedOver, tellLoaded } from "./chunks/handover.js";
import { batchRunner } from "./chunks/run-batch.js";

tellLoaded();

const run: ReturnType<typeof batchRunner> = batchRunner();

/** Entry of a worker thread: runs a batch of chunks and hands their columns over without copying them. */
export default async function worker(batch: Batch): Promise<unknown> {
  return handedOver(await run(batch));
}
