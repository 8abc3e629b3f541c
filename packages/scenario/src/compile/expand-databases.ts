import type { Distribution } from "@loadstar/engine";
import { databaseReplicas, readsId, writesId } from "../model/database.js";
import { entryId } from "../model/replica-set.js";
import type { ResolvedDatabase, ResolvedEdge, ResolvedEvent, ResolvedScenario } from "../model/resolved-scenario.js";
import { nodeAsked, queriesIn } from "./database-routes.js";

/**
 * Leads queries to the replicas of databases: an edge from a server to a database becomes one to a load balancer before its replicas,
 * `<edge>-replicas`, for what reads; and stays as it is for all else, where there is something else. With a time of failover that leads to a load balancer
 * of its own. What happens to an edge happens to both. What has no replicas stays as it is.
 */
export function expandDatabases(resolved: ResolvedScenario): ResolvedScenario {
  const { nodes, edges } = resolved.topology_graph;
  const replicated = new Map(
    nodes.databases.filter(({ replicas }) => replicas !== null).map((database) => [database.id, database]),
  );
  if (replicated.size === 0) return resolved;
  const asked = new Map(
    nodes.servers.map(({ id, endpoints }) => {
      const queries = queriesIn(endpoints.flatMap(({ steps }) => steps));
      return [id, new Set(queries.map((query) => nodeAsked(query, replicated.get(query.query.query))))];
    }),
  );
  const copies = new Map(
    edges.map((edge) => {
      const database = replicated.get(edge.target);
      return [edge.id, database === undefined ? [edge] : edgesTo(database, edge, asked.get(edge.source) ?? new Set())];
    }),
  );
  const databases = [...replicated.values()];
  return {
    ...resolved,
    topology_graph: {
      nodes: {
        ...nodes,
        load_balancers: [
          ...nodes.load_balancers,
          ...databases.map(({ id, replicas }) => ({ id: readsId(id), algorithms: replicas!.balancing })),
        ],
      },
      edges: [...[...copies.values()].flat(), ...databases.flatMap(edgesInside)],
    },
    events: resolved.events.flatMap((event) => copiesOfEvent(event, copies)),
    faults: resolved.faults.map((fault) => ({
      ...fault,
      targets: fault.targets.flatMap((target) => targetsOf(fault.kind, target, copies)),
    })),
  };
}

function edgesTo(
  { id, failover_s }: ResolvedDatabase,
  edge: ResolvedEdge,
  asked: ReadonlySet<string>,
): readonly ResolvedEdge[] {
  const first = failover_s === null ? id : writesId(id);
  return [
    ...(asked.has(first) ? [{ ...edge, target: first }] : []),
    ...(asked.has(readsId(id)) ? [{ ...edge, id: `${edge.id}-replicas`, target: readsId(id) }] : []),
  ];
}

/** Edges from the load balancers of a database to its servers. They take no time: the way there is over the edges before. */
function edgesInside({ id, replicas, failover_s }: ResolvedDatabase): readonly ResolvedEdge[] {
  const ids = databaseReplicas(id, replicas!.count);
  return [
    ...ids.map((replica) => instantEdge(entryId(replica), readsId(id), replica)),
    ...(failover_s === null
      ? []
      : [
          instantEdge(entryId(id), writesId(id), id),
          ...ids.map((replica) => instantEdge(writesId(replica), writesId(id), replica)),
        ]),
  ];
}

const NO_TIME: Distribution = { kind: "constant", value: 0 };

function instantEdge(id: string, source: string, target: string): ResolvedEdge {
  return { id, source, target, latency: NO_TIME, response_latency: NO_TIME, dropout_rate: 0, weight: 1, policy: {} };
}

function copiesOfEvent(
  event: ResolvedEvent,
  copies: ReadonlyMap<string, readonly ResolvedEdge[]>,
): readonly ResolvedEvent[] {
  return targetsOf(event.kind, event.target_id, copies).map((target_id) => ({ ...event, target_id }));
}

/** What happens to an edge happens to all that it has become. */
function targetsOf(
  kind: string,
  target: string,
  copies: ReadonlyMap<string, readonly ResolvedEdge[]>,
): readonly string[] {
  return kind.startsWith("network_") ? (copies.get(target) ?? []).map(({ id }) => id) : [target];
}
