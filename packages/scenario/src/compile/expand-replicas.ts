import type { Distribution } from "@loadstar/engine";
import type {
  ResolvedEdge,
  ResolvedEvent,
  ResolvedFault,
  ResolvedLoadBalancer,
  ResolvedScenario,
  ResolvedServer,
} from "../model/resolved-scenario.js";
import { copiesOf, copyId, entryId, eventTargets } from "../model/replica-set.js";

/**
 * Replaces every replica set by its replicas: `app` by `app-1`, `app-2`, ... An edge from a load balancer or a broker to a set becomes
 * one for each replica, `<edge>-1` and so on, and so does an edge that leaves a set. Other edges to a set lead to a load
 * balancer that has its id, with an edge without latency or loss to each replica, `app-1-in`. Events on a set, on a
 * zone of it and on edges that were copied happen to each copy; faults do too, at once or each on its own. What has no sets stays as it is.
 */
export function expandReplicas(resolved: ResolvedScenario): ResolvedScenario {
  const { nodes, edges } = resolved.topology_graph;
  const sets = new Map(nodes.servers.filter(({ replicas }) => replicas !== null).map((set) => [set.id, set]));
  if (sets.size === 0 && !namesZones(resolved)) return resolved;
  const choosing = new Set([...nodes.load_balancers, ...nodes.brokers].map(({ id }) => id));
  const entered = [...sets.values()].filter(({ id }) =>
    edges.some(({ source, target }) => target === id && !choosing.has(source)),
  );
  const copiesOfEdge = new Map(edges.map((edge) => [edge.id, edgeCopies(edge, { sets, choosing })]));
  return {
    ...resolved,
    topology_graph: {
      nodes: {
        ...nodes,
        load_balancers: [...nodes.load_balancers, ...entered.map(entryBalancer)],
        servers: nodes.servers.flatMap(replicasOf),
      },
      edges: [...[...copiesOfEdge.values()].flat(), ...entered.flatMap(entryEdges)],
    },
    rqs_input: resolved.rqs_input.map((generator) => {
      const { throttle } = generator;
      if (throttle === undefined || !("nodes" in throttle)) return generator;
      return { ...generator, throttle: { ...throttle, nodes: serversMeant(throttle.nodes, nodes.servers) } };
    }),
    detectors: resolved.detectors.map((detector) => ({
      ...detector,
      nodes: serversMeant(detector.nodes, nodes.servers),
    })),
    events: resolved.events.flatMap((event) =>
      targetsOf(event, nodes.servers, copiesOfEdge).map((target_id) => ({ ...event, target_id })),
    ),
    faults: resolved.faults.flatMap((fault) => copiesOfFault(fault, targetsOf(fault, nodes.servers, copiesOfEdge))),
  };
}

/** Zones are what an event, a fault, a detector or a throttle may name without a set. */
function namesZones({ events, faults, detectors, rqs_input }: ResolvedScenario): boolean {
  const targets = [
    ...events.map(({ target_id }) => target_id),
    ...faults.flatMap((fault) => fault.targets),
    ...detectors.flatMap(({ nodes }) => nodes),
    ...rqs_input.flatMap(({ throttle }) => (throttle !== undefined && "nodes" in throttle ? throttle.nodes : [])),
  ];
  return targets.some((target) => target.includes("@"));
}

/** The servers that names of nodes mean. */
function serversMeant(named: readonly string[], servers: readonly ResolvedServer[]): readonly string[] {
  return named.flatMap((node) => eventTargets(node, servers) ?? [node]);
}

interface Sets {
  readonly sets: ReadonlyMap<string, ResolvedServer>;
  /** Load balancers and brokers: they choose among the replicas by themselves. */
  readonly choosing: ReadonlySet<string>;
}

function replicasOf(server: ResolvedServer): readonly ResolvedServer[] {
  if (server.replicas === null) return [server];
  return copiesOf(server).map(({ id, zone }) => ({
    ...server,
    id,
    group: server.id,
    replicas: null,
    zones: zone === "" ? [] : [zone],
  }));
}

/** An edge never has both ends copied: what chooses is no set. */
function edgeCopies(edge: ResolvedEdge, { sets, choosing }: Sets): readonly ResolvedEdge[] {
  const source = sets.get(edge.source);
  if (source !== undefined) {
    return copiesOf(source).map(({ id }, index) => ({
      ...edge,
      id: copyId(edge.id, index),
      group: edge.id,
      source: id,
    }));
  }
  const target = sets.get(edge.target);
  if (target === undefined || !choosing.has(edge.source)) return [edge];
  return copiesOf(target).map(({ id }, index) => ({ ...edge, id: copyId(edge.id, index), group: edge.id, target: id }));
}

function entryBalancer({ id, balancing }: ResolvedServer): ResolvedLoadBalancer {
  return { id, algorithms: balancing };
}

const NO_TIME: Distribution = { kind: "constant", value: 0 };

function entryEdges(set: ResolvedServer): readonly ResolvedEdge[] {
  return copiesOf(set).map(({ id }) => ({
    id: entryId(id),
    source: set.id,
    target: id,
    latency: NO_TIME,
    response_latency: NO_TIME,
    dropout_rate: 0,
    weight: 1,
    policy: {},
  }));
}

function targetsOf(
  { kind, target_id }: Pick<ResolvedEvent | ResolvedFault, "kind" | "target_id">,
  servers: readonly ResolvedServer[],
  copiesOfEdge: ReadonlyMap<string, readonly ResolvedEdge[]>,
): readonly string[] {
  const targets = kind.startsWith("network_")
    ? copiesOfEdge.get(target_id)?.map(({ id }) => id)
    : eventTargets(target_id, servers);
  return targets ?? [target_id];
}

function copiesOfFault(fault: ResolvedFault, targets: readonly string[]): readonly ResolvedFault[] {
  if (fault.correlated || targets.length === 1) return [{ ...fault, targets }];
  return targets.map((target) => ({ ...fault, fault_id: `${fault.fault_id}@${target}`, targets: [target] }));
}
