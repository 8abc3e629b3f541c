import type { Finding } from "../finding.js";
import { databaseReplicas, readsId, writesId } from "../model/database.js";
import { copiesOf, copyId, entryId } from "../model/replica-set.js";
import { showName } from "../wording/show-value.js";
import { serversOf } from "./endpoints-of.js";
import { readReplicaSet } from "./read-replica-set.js";
import type { TolerantTopology } from "./tolerant-topology.js";
import { listAt, numberAt, textAt } from "./tolerant-values.js";

/** Replicas of databases, and what leads to them, need ids that are free. */
export function checkDatabaseReplicas(data: unknown, { nodes, edges }: TolerantTopology): readonly Finding[] {
  const copies = serversOf(data).flatMap(readReplicaSet).flatMap(copiesOf);
  const copied = new Map(
    serversOf(data)
      .flatMap(readReplicaSet)
      .map((set) => [set.id, copiesOf(set).length]),
  );
  const taken = new Set([
    ...nodes.map(({ id }) => id),
    ...edges.flatMap(({ id }) => id ?? []),
    ...copies.flatMap(({ id }) => [id, entryId(id)]),
  ]);
  return replicatedDatabases(data).flatMap(({ id, count, path }) => {
    const replicas = databaseReplicas(id, count);
    const leading = edges.filter(({ target }) => target === id);
    const ids = [
      ...replicas.flatMap((replica) => [replica, entryId(replica), writesId(replica)]),
      readsId(id),
      writesId(id),
      entryId(id),
      ...leading.flatMap(({ id: edge, source }) => {
        const several = copied.get(source ?? "");
        if (edge === undefined) return [];
        const own = several === undefined ? [edge] : Array.from({ length: several }, (_, index) => copyId(edge, index));
        return own.map((name) => readsId(name));
      }),
    ];
    const clash = ids.find((name) => taken.has(name));
    for (const name of ids) taken.add(name);
    if (clash === undefined) return [];
    const message = `ids of the replicas and their edges must be free: current id ${showName(clash)} is taken`;
    return [{ path: [...path, "replicas"], at: "value" as const, message }];
  });
}

/** A database with replicas, as far as it could be read. */
export interface ReplicatedDatabase {
  readonly id: string;
  readonly count: number;
  readonly path: readonly (string | number)[];
}

/** The databases that have replicas. */
export function replicatedDatabases(data: unknown): readonly ReplicatedDatabase[] {
  const path = ["topology_graph", "nodes", "databases"];
  return (listAt(data, path) ?? []).flatMap((database, index) => {
    const id = textAt(database, ["id"]);
    const count = numberAt(database, ["replicas", "count"]);
    return id === undefined || count === undefined || count > 100 ? [] : [{ id, count, path: [...path, index] }];
  });
}
