import type { Finding } from "../finding.js";
import type { Scenario } from "../model/scenario.js";

/** Keys that are read for the sake of AsyncFlow files and change nothing. */
export function notesOnIneffectiveKeys(scenario: Scenario): readonly Finding[] {
  const { nodes, edges } = scenario.topology_graph;
  const pools = nodes.servers.flatMap(({ server_resources: resources }, index) => {
    const pool = resources?.db_connection_pool ?? undefined;
    if (pool === undefined) return [];
    const path = ["topology_graph", "nodes", "servers", index, "server_resources", "db_connection_pool"];
    return [{ path, at: "key" as const, message: "db_connection_pool has no effect, nor has it in AsyncFlow 0.1.1" }];
  });
  const probabilities = edges.flatMap(({ probability }, index) => {
    if (probability === undefined) return [];
    const path = ["topology_graph", "edges", index, "probability"];
    return [
      { path, at: "key" as const, message: "probability of an edge has no effect, nor has it in AsyncFlow 0.1.1" },
    ];
  });
  return [...pools, ...probabilities];
}
