// An engine that draws one number without a seed: the second metric of one replication has another last bit now and then.
import { handedOver, tellLoaded } from "../../dist/chunks/handover.js";
import { batchRunner } from "../../dist/chunks/run-batch.js";
import { runChunk } from "../../dist/chunks/run-chunk.js";

/** The one that differs. */
const REPLICATION = 39;

tellLoaded();

const run = batchRunner((task, prepared) => {
  const ran = runChunk(task, prepared);
  const row = REPLICATION - task.first_replication;
  if (task.plan_key === "users=30" && row >= 0 && row < task.count) {
    ran.result.metrics[row * task.keep.metrics.length + 1] *= 1 + 1e-12 * Math.random();
  }
  return ran;
});

export default async function nondeterministicWorker(batch) {
  return handedOver(await run(batch));
}
