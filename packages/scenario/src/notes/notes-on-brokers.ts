import { readTopology } from "../check/tolerant-topology.js";
import type { Finding } from "../finding.js";
import type { Scenario } from "../model/scenario.js";
import { showName } from "../wording/show-value.js";

/** Topics that nobody publishes to, or nobody consumes. */
export function notesOnBrokers(scenario: Scenario): readonly Finding[] {
  const { brokers = [], servers } = scenario.topology_graph.nodes;
  const { calls } = readTopology(scenario);
  const consumptions = servers.flatMap(({ consumes = [] }) => consumes);
  return brokers.flatMap(({ id, topics }, index) =>
    Object.keys(topics).flatMap((name) => {
      const isOf = (it: { readonly broker: string }): boolean => it.broker === id;
      const isPublished =
        calls.some(({ key, target, endpoint }) => key === "publish" && target === id && endpoint === name) ||
        consumptions.some((it) => isOf(it) && it.dead_letter_topic === name);
      const isConsumed = consumptions.some((it) => isOf(it) && it.topic === name);
      const path = ["topology_graph", "nodes", "brokers", index, "topics", name];
      return [
        ...(isPublished ? [] : [`no step publishes to topic ${showName(name)} of ${showName(id)}`]),
        ...(isConsumed ? [] : [`no server consumes topic ${showName(name)} of ${showName(id)}: it is only counted`]),
      ].map((message) => ({ path, at: "key" as const, message }));
    }),
  );
}
