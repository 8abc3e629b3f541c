import type { Topology } from "./topology.js";

/** Whether requests go back over the edge by which they came. */
export function answersOver({ sources, targets, callEdges, hasAnswers }: Topology, edge: number): boolean {
  const source = sources[edge]!;
  if (!hasAnswers || targets[edge]!.kind === "client") return false;
  return source.kind !== "server" || [...callEdges[source.index]!.values()].includes(edge);
}
