import type { TopologyNode } from "./topology.js";

/** What stands behind the name of a node: ` ×4`, ` ×3–12` of an autoscaled set, nothing of a single one. */
export function replicasText({ replicas, fewest_replicas = replicas }: TopologyNode): string {
  if (replicas <= 1) return "";
  return fewest_replicas < replicas ? ` ×${fewest_replicas}–${replicas}` : ` ×${replicas}`;
}
