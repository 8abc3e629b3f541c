// An engine that draws one number without a seed: the second metric of one replication has another last bit now and then.
import { valueSymbol } from "piscina";
import worker from "../../bundle/worker.js";

/** The one that differs. */
const REPLICATION = 39;

export default function nondeterministicWorker(task) {
  const handover = worker(task);
  const row = REPLICATION - task.first_replication;
  if (task.plan_key === "users=30" && row >= 0 && row < task.count) {
    handover[valueSymbol].metrics[row * task.keep.metrics.length + 1] *= 1 + 1e-12 * Math.random();
  }
  return handover;
}
