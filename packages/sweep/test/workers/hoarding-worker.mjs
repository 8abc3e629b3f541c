// Runs out of memory in the middle of one chunk.
import worker from "../../dist/worker.js";

export default async function hoardingWorker(batch) {
  if (batch.tasks.some((task) => task.plan_key === "users=20" && task.first_replication === 32)) {
    const hoard = [];
    for (let k = 0; ; k++) hoard.push(Array.from({ length: 1000 }, () => ({ k })));
  }
  return await worker(batch);
}
