// Ends its process thread in the middle of one chunk, as a native crash of an addon would.
import worker from "../../bundle/worker.js";

export default function exitingWorker(task) {
  if (task.plan_key === "users=20" && task.first_replication === 32) process.exit(7);
  return worker(task);
}
