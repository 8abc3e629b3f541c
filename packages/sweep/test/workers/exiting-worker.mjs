// Ends its process thread in the middle of one chunk, as a native crash of an addon would.
import worker from "../../dist/worker.js";

export default async function exitingWorker(batch) {
  if (batch.tasks.some((task) => task.plan_key === "users=20" && task.first_replication === 32)) process.exit(7);
  return await worker(batch);
}
