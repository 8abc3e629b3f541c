// Ends its process thread when a batch has one of the points.
import worker from "../../dist/worker.js";

export default async function exitingShortWorker(batch) {
  if (batch.tasks.some((task) => task.plan_key === "users=20")) process.exit(7);
  return await worker(batch);
}
