import { endpointsOf } from "../check/endpoints-of.js";
import { everyStep } from "../check/every-step.js";
import { textAt } from "../check/tolerant-values.js";
import type { Finding } from "../finding.js";
import type { Scenario } from "../model/scenario.js";
import { showName } from "../wording/show-value.js";

/** Keys of databases that nothing can be seen of. */
export function notesOnDatabases(scenario: Scenario): readonly Finding[] {
  const steps = endpointsOf(scenario).flatMap(everyStep);
  return (scenario.topology_graph.nodes.databases ?? []).flatMap(({ id, replicas, queries }, index) => {
    const path = ["topology_graph", "nodes", "databases", index];
    if (replicas === undefined) {
      return Object.entries(queries).flatMap(([name, { access }]) => {
        if (access === undefined) return [];
        const message = `access has no effect: ${showName(id)} has no replicas`;
        return [{ path: [...path, "queries", name, "access"], at: "key" as const, message }];
      });
    }
    const isRead = steps.some(({ step }) => textAt(step, ["query"]) === id && step["row"] !== undefined);
    if (replicas.lag_s === undefined || isRead) return [];
    const message = `lag_s has no effect: no query of ${showName(id)} reads a row, which could be stale`;
    return [{ path: [...path, "replicas", "lag_s"], at: "key" as const, message }];
  });
}
