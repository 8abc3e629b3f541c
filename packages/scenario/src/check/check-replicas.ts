import type { Finding } from "../finding.js";
import { copiesOf, copyId, entryId, type ReplicaSet } from "../model/replica-set.js";
import { showName } from "../wording/show-value.js";
import { serversOf } from "./endpoints-of.js";
import { readReplicaSet } from "./read-replica-set.js";
import type { TolerantTopology } from "./tolerant-topology.js";

/** Replicas need ids that are free; what only sets have must not stand at a single server. */
export function checkReplicas(data: unknown, topology: TolerantTopology): readonly Finding[] {
  return [...checkSingleServers(data), ...checkCopyIds(data, topology)];
}

function checkSingleServers(data: unknown): readonly Finding[] {
  return serversOf(data).flatMap(({ server, path }) => {
    if (server["replicas"] !== undefined) return [];
    const findings: Finding[] = [];
    if (server["balancing"] !== undefined) {
      const message = "balancing must not be given without replicas";
      findings.push({ path: [...path, "balancing"], at: "key", message });
    }
    const zones = server["zones"];
    if (Array.isArray(zones) && zones.length > 1) {
      const message = `must be one zone without replicas: current number is ${zones.length}`;
      findings.push({ path: [...path, "zones"], at: "value", message });
    }
    return findings;
  });
}

/** Copies of servers and edges are named after them, and must not meet any other id. */
function checkCopyIds(data: unknown, { nodes, edges }: TolerantTopology): readonly Finding[] {
  const taken = new Set([...nodes.map(({ id }) => id), ...edges.flatMap(({ id }) => id ?? [])]);
  const choosing = new Set(
    nodes.filter(({ kind }) => kind === "load_balancer" || kind === "broker").map(({ id }) => id),
  );
  return serversOf(data).flatMap((server) =>
    readReplicaSet(server)
      .filter(({ replicas }) => replicas !== null)
      .flatMap((set) => {
        const copied = edges.filter(
          ({ source, target }) => source === set.id || (target === set.id && choosing.has(source ?? "")),
        );
        const ids = idsOfCopies(
          set,
          copied.flatMap(({ id }) => id ?? []),
        );
        const clash = ids.find((id) => taken.has(id));
        for (const id of ids) taken.add(id);
        if (clash === undefined) return [];
        const message = `ids of the replicas and their edges must be free: current id ${showName(clash)} is taken`;
        return [{ path: [...server.path, "replicas"], at: "value" as const, message }];
      }),
  );
}

function idsOfCopies(set: ReplicaSet, edges: readonly string[]): readonly string[] {
  return copiesOf(set).flatMap(({ id }, index) => [id, entryId(id), ...edges.map((edge) => copyId(edge, index))]);
}
