/** What is needed of a server to know its replicas. */
export interface ReplicaSet {
  readonly id: string;
  /** Null or absent for a single server. */
  readonly replicas?: number | null;
  readonly zones?: readonly string[];
}

/** One of the servers that a set stands for. */
export interface Replica {
  readonly id: string;
  /** Empty for none. */
  readonly zone: string;
}

/** Most replicas of one set. */
export const MAX_REPLICAS = 10_000;

/** Id of a copy of a server or an edge; the index counts from 0, the ids from 1. */
export function copyId(id: string, index: number): string {
  return `${id}-${index + 1}`;
}

/** Id of the edge over which a replica gets what was sent to its set. */
export function entryId(replica: string): string {
  return `${replica}-in`;
}

/** The replicas of a set, zones in turn. A single server is its own only one. */
export function copiesOf({ id, replicas, zones = [] }: ReplicaSet): readonly Replica[] {
  if (replicas === undefined || replicas === null) return [{ id, zone: zones[0] ?? "" }];
  return Array.from({ length: replicas }, (_, index) => ({
    id: copyId(id, index),
    zone: zones[index % zones.length] ?? "",
  }));
}

/**
 * The ids of the servers that the target of an event means: a server, all replicas of a set (`app`), one (`app-2`), or
 * those in a zone (`app@a`), or all servers in a zone (`@a`). Undefined when it means none.
 */
export function eventTargets(target: string, servers: readonly ReplicaSet[]): readonly string[] | undefined {
  if (target.startsWith("@")) {
    const there = servers.flatMap(copiesOf).filter(({ zone }) => zone !== "" && target === `@${zone}`);
    return there.length === 0 ? undefined : there.map(({ id }) => id);
  }
  const named = servers.find(({ id }) => id === target);
  if (named !== undefined) return copiesOf(named).map(({ id }) => id);
  for (const server of servers) {
    if (!target.startsWith(server.id)) continue;
    const replicas = copiesOf(server);
    const meant = replicas.filter(({ id, zone }) => id === target || `${server.id}@${zone}` === target);
    if (meant.length > 0 && target !== `${server.id}@`) return meant.map(({ id }) => id);
  }
  return undefined;
}
