import type { Finding } from "../finding.js";
import type { Scenario } from "../model/scenario.js";

const MEASURING_KEYS = ["sample_period_s", "enabled_sample_metrics", "enabled_event_metrics"] as const;

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
  const given = MEASURING_KEYS.filter((key) => scenario.sim_settings[key] !== undefined);
  const verb = given.length === 1 ? "has" : "have";
  const message = `${given.join(", ")} ${verb} no effect: everything is measured, from every change and not from samples`;
  const measuring: readonly Finding[] = given.length === 0 ? [] : [{ path: ["sim_settings"], at: "key", message }];
  return [...pools, ...probabilities, ...measuring];
}
