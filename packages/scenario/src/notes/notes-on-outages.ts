import type { Finding } from "../finding.js";
import { copiesOf, eventTargets, type ReplicaSet } from "../model/replica-set.js";
import { databaseReplicas, type Database } from "../model/database.js";
import type { Scenario, ScenarioEvent } from "../model/scenario.js";
import { showName, showNumber } from "../wording/show-value.js";
import { loadBalancersOf } from "./notes-on-load-balancers.js";

interface Outage {
  readonly index: number;
  readonly server: string;
  readonly start_s: number;
  readonly end_s: number;
}

/** Outages that AsyncFlow 0.1.1 refuses or ignores and that Loadstar simulates. */
export function notesOnOutages(scenario: Scenario): readonly Finding[] {
  const {
    servers,
    databases = [],
    caches = [],
    llms = [],
    brokers = [],
    externals = [],
  } = scenario.topology_graph.nodes;
  const outages = (scenario.events ?? [])
    .flatMap((event, index) =>
      readOutages(event, {
        index,
        nodes: [...servers, ...databases.flatMap(serversOfDatabase), ...caches, ...llms, ...brokers, ...externals],
      }),
    )
    .toSorted((a, b) => a.start_s - b.start_s);
  return [...overlapNotes(outages), ...blackoutNotes(outages, scenario), ...unbalancedNotes(outages, scenario)];
}

/** The servers of a database: itself and its replicas. */
function serversOfDatabase({ id, replicas }: Database): readonly ReplicaSet[] {
  return [id, ...databaseReplicas(id, replicas?.count ?? 0)].map((server) => ({ id: server }));
}

/** An outage of a replica set is one of each replica. */
function readOutages(
  { target_id, start, end }: ScenarioEvent,
  { index, nodes }: { readonly index: number; readonly nodes: readonly ReplicaSet[] },
): readonly Outage[] {
  if ((start.kind !== "server_down" && start.kind !== "crash") || end === undefined) return [];
  const targets = eventTargets(target_id, nodes) ?? [];
  return targets.map((server) => ({ index, server, start_s: start.t_start, end_s: end.t_end }));
}

function overlapNotes(outages: readonly Outage[]): readonly Finding[] {
  const downUntil = new Map<string, number>();
  return outages.flatMap(({ index, server, start_s, end_s }) => {
    const until_s = downUntil.get(server) ?? 0;
    downUntil.set(server, Math.max(until_s, end_s));
    if (start_s >= until_s) return [];
    const message =
      `outage overlaps another one of ${showName(server)}: the server is up again when the last has ended; ` +
      "AsyncFlow 0.1.1 refuses such a file";
    return [{ path: ["events", index], at: "value" as const, message }];
  });
}

/** The first time at which no server is up. Outages end before others begin at the same time. */
function blackoutNotes(outages: readonly Outage[], { topology_graph: { nodes } }: Scenario): readonly Finding[] {
  const servers = new Set(nodes.servers.flatMap((server) => copiesOf(server).map(({ id }) => id)));
  const downUntil = new Map<string, number>();
  for (const { index, server, start_s, end_s } of outages.filter((outage) => servers.has(outage.server))) {
    downUntil.set(server, Math.max(downUntil.get(server) ?? 0, end_s));
    const down = [...downUntil.values()].filter((until_s) => until_s > start_s);
    if (down.length < servers.size) continue;
    const message =
      `every server is down from ${showNumber(start_s)} s to ${showNumber(Math.min(...down))} s: requests fail; ` +
      "AsyncFlow 0.1.1 refuses such a file";
    return [{ path: ["events", index], at: "value", message }];
  }
  return [];
}

function unbalancedNotes(outages: readonly Outage[], scenario: Scenario): readonly Finding[] {
  const { nodes, edges } = scenario.topology_graph;
  // A broker delivers nothing to a server that is down.
  const choosing = [...loadBalancersOf(scenario).map(({ balancer }) => balancer), ...(nodes.brokers ?? [])];
  const balancers = new Set(choosing.map(({ id }) => id));
  const direct = edges.filter(({ source }) => balancers.has(source)).map(({ target }) => target);
  const sets = nodes.servers.filter(({ replicas }) => replicas !== undefined);
  const answering = (nodes.databases ?? []).flatMap(({ id, replicas, failover_s }) => [
    ...databaseReplicas(id, replicas?.count ?? 0),
    ...(failover_s === undefined ? [] : [id]),
  ]);
  const balanced = new Set([...direct, ...answering, ...sets.flatMap((set) => copiesOf(set).map(({ id }) => id))]);
  return outages
    .filter(({ server }) => !balanced.has(server))
    .map(({ index, server }) => ({
      path: ["events", index],
      at: "value",
      message:
        `no load balancer leads to ${showName(server)}: requests that arrive during the outage fail, ` +
        "in AsyncFlow 0.1.1 it has no effect",
    }));
}
