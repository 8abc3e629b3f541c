import type { Finding } from "../finding.js";
import { eventTargets } from "../model/replica-set.js";
import type { DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showValue } from "../wording/show-value.js";
import { serversOf } from "./endpoints-of.js";
import { readReplicaSet } from "./read-replica-set.js";
import type { TolerantTopology } from "./tolerant-topology.js";
import { textAt } from "./tolerant-values.js";

/** What is watched must be servers or a database. */
export function checkWatched(
  data: unknown,
  at: DataPath,
  { nodes, nodesComplete }: Pick<TolerantTopology, "nodes" | "nodesComplete">,
): readonly Finding[] {
  const node = textAt(data, at);
  if (node === undefined || !nodesComplete) return [];
  const servers = serversOf(data);
  const databases = nodes.filter(({ kind }) => kind === "database").map(({ id }) => id);
  if (databases.includes(node) || eventTargets(node, servers.flatMap(readReplicaSet)) !== undefined) return [];
  const meant = [...servers.flatMap(({ id }) => id ?? []), ...databases];
  const message = `must be the id of a server or a database: current value is ${showValue(node)}${didYouMean(node, meant)}`;
  return [{ path: at, at: "value", message }];
}
