import type { Finding } from "../finding.js";
import { databaseReplicas } from "../model/database.js";
import { copiesOf, eventTargets, type ReplicaSet } from "../model/replica-set.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showValue } from "../wording/show-value.js";
import type { NodeKind, TolerantTopology } from "./tolerant-topology.js";
import { replicatedDatabases } from "./check-database-replicas.js";
import { serversOf } from "./endpoints-of.js";
import { readReplicaSet } from "./read-replica-set.js";
import { horizonOf, listAt, numberAt, textAt } from "./tolerant-values.js";

/** The two halves of an event must fit each other, its target and the run. */
export function checkEvents(data: unknown, topology: TolerantTopology): readonly Finding[] {
  const paths = (listAt(data, ["events"]) ?? []).map((_, index) => ["events", index]);
  return [
    ...paths.flatMap((path) => checkKinds(data, path)),
    ...paths.flatMap((path) => checkTimes(data, path)),
    ...paths.flatMap((path) => checkTarget(data, path, topology)),
    ...paths.flatMap((path) => checkBandwidth(data, path, topology)),
  ];
}

/** What can be down, and of it what can be slow. A language model has no steps that could take longer. */
const WORKS: ReadonlySet<NodeKind> = new Set(["server", "database", "cache", "llm", "broker", "external"]);
const SLOWS: ReadonlySet<NodeKind> = new Set([...WORKS].filter((kind) => kind !== "llm"));

/** The kind that has no end. */
const FLUSH = "cache_flush";

const END_KINDS: Readonly<Record<string, string>> = {
  server_down: "server_up",
  network_spike_start: "network_spike_end",
  slow_down: "recover",
  network_degraded: "recover",
  network_partition: "recover",
};

/** The keys that say how much, one of which is needed, of the kinds that have some. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  network_spike_start: ["spike_s"],
  slow_down: ["factor"],
  network_degraded: ["loss_ratio", "bandwidth_ratio", "spike_s"],
};

/** The kinds that happen to edges. */
const OF_EDGES: ReadonlySet<string> = new Set(["network_spike_start", "network_degraded", "network_partition"]);

function checkKinds(data: unknown, path: DataPath): readonly Finding[] {
  const findings: Finding[] = [];
  const kind = textAt(data, [...path, "start", "kind"]);
  const end = textAt(data, [...path, "end", "kind"]);
  const hasEnd = valueAt(data, [...path, "end"]) !== undefined;
  if (kind === FLUSH && hasEnd) {
    findings.push({
      path: [...path, "end"],
      at: "key",
      message: `must be left out for ${FLUSH}, which is over at once`,
    });
  }
  const wanted = kind === undefined ? undefined : END_KINDS[kind];
  const isEndKnown = end !== undefined && Object.values(END_KINDS).includes(end);
  if (wanted !== undefined && isEndKnown && end !== wanted) {
    const message = `must be ${wanted} to end ${kind}: current value is ${showValue(end)}`;
    findings.push({ path: [...path, "end", "kind"], at: "value", message });
  }
  if (wanted !== undefined && !hasEnd) findings.push({ path, at: "value", message: "missing key end" });
  if (wanted === undefined && kind !== FLUSH) return findings;
  const measures = MEASURES[kind!] ?? [];
  const valueOf = (key: string): unknown => valueAt(data, [...path, "start", key]) ?? undefined;
  if (measures.length > 0 && measures.every((key) => valueOf(key) === undefined)) {
    const message = measures.length === 1 ? `missing key ${measures[0]}` : `must have one of ${measures.join(", ")}`;
    findings.push({ path: [...path, "start"], at: "value", message });
  }
  for (const key of new Set(Object.values(MEASURES).flat())) {
    const value = valueOf(key);
    if (measures.includes(key) || value === undefined) continue;
    const message = `must be left out for ${kind}: current value is ${showValue(value)}`;
    findings.push({ path: [...path, "start", key], at: "value", message });
  }
  return findings;
}

function checkTimes(data: unknown, path: DataPath): readonly Finding[] {
  const findings: Finding[] = [];
  const horizon_s = horizonOf(data);
  const start_s = numberAt(data, [...path, "start", "t_start"]);
  const end_s = numberAt(data, [...path, "end", "t_end"]);
  if (
    textAt(data, [...path, "start", "kind"]) === FLUSH &&
    start_s !== undefined &&
    start_s >= (horizon_s ?? Infinity)
  ) {
    const message = `must be < total_simulation_time (${horizon_s}): current value is ${start_s}`;
    return [{ path: [...path, "start", "t_start"], at: "value", message }];
  }
  const reject = (rule: string): void => {
    findings.push({ path: [...path, "end", "t_end"], at: "value", message: `${rule}: current value is ${end_s}` });
  };
  if (end_s === undefined) return [];
  if (start_s !== undefined && end_s <= start_s) reject(`must be > t_start (${start_s})`);
  if (horizon_s !== undefined && end_s > horizon_s) reject(`must be <= total_simulation_time (${horizon_s})`);
  return findings;
}

function checkTarget(data: unknown, path: DataPath, topology: TolerantTopology): readonly Finding[] {
  const { nodes, edges, nodesComplete, edgesComplete } = topology;
  const kind = textAt(data, [...path, "start", "kind"]);
  const target = textAt(data, [...path, "target_id"]);
  const isOfServer = !OF_EDGES.has(kind ?? "");
  const isComplete = isOfServer ? nodesComplete : edgesComplete;
  if (kind === FLUSH && target !== undefined) return nodesComplete ? checkFlushed(data, path, target) : [];
  if (target === undefined || kind === undefined || END_KINDS[kind] === undefined || !isComplete) return [];
  const sets = serversOf(data).flatMap(readReplicaSet);
  const edgeIds = edges.map(({ id }) => id).filter((id) => id !== undefined);
  const replicas = replicatedDatabases(data).flatMap(({ id, count }) => databaseReplicas(id, count));
  const kinds = kind === "slow_down" ? SLOWS : WORKS;
  const working = [...nodes.filter((node) => kinds.has(node.kind)).map(({ id }) => id), ...replicas];
  const ids = isOfServer ? working : edgeIds;
  if (ids.includes(target) || (isOfServer && eventTargets(target, sets) !== undefined)) return [];
  const rule = `must be the id of ${isOfServer ? "a server" : "an edge"} for ${kind}`;
  const meant = isOfServer ? [...ids, ...sets.flatMap(namesOf)] : ids;
  const message = `${rule}: current value is ${showValue(target)}${didYouMean(target, meant)}`;
  return [{ path: [...path, "target_id"], at: "value", message }];
}

/** Of a bandwidth without a limit no share can be left. */
function checkBandwidth(data: unknown, path: DataPath, { edges }: TolerantTopology): readonly Finding[] {
  const at = [...path, "start", "bandwidth_ratio"];
  const target = textAt(data, [...path, "target_id"]);
  const edge = edges.find(({ id }) => id !== undefined && id === target);
  if (edge === undefined || numberAt(data, at) === undefined) return [];
  if (valueAt(data, [...edge.path, "bandwidth_mbps"]) !== undefined) return [];
  const message = `must stand at an edge with bandwidth_mbps: current target is ${showValue(target)}`;
  return [{ path: at, at: "key", message }];
}

/** What is emptied must be a cache that can be empty. */
function checkFlushed(data: unknown, path: DataPath, target: string): readonly Finding[] {
  const caches = listAt(data, ["topology_graph", "nodes", "caches"]) ?? [];
  const cache = caches.find((other) => textAt(other, ["id"]) === target);
  const reject = (message: string): readonly Finding[] => [{ path: [...path, "target_id"], at: "value", message }];
  if (cache !== undefined && numberAt(cache, ["hit_ratio"]) === undefined) return [];
  if (cache !== undefined) {
    return reject(`must be a cache with keys, or one that warms up: hit_ratio of ${showName(target)} never changes`);
  }
  const ids = caches.flatMap((other) => textAt(other, ["id"]) ?? []);
  return reject(
    `must be the id of a cache for ${FLUSH}: current value is ${showValue(target)}${didYouMean(target, ids)}`,
  );
}

/** What an event may name of a server besides its id. */
function namesOf(set: ReplicaSet): readonly string[] {
  const zones = (set.zones ?? []).map((zone) => `${set.id}@${zone}`);
  return [...copiesOf(set).map(({ id }) => id), ...new Set(zones)];
}
