import type { Finding } from "../finding.js";
import { connectionPool, databaseReplicas, WORKERS } from "../model/database.js";
import { replicatedDatabases } from "./check-database-replicas.js";
import { EFFECT_KEYS, EFFECT_RULES } from "../model/effect-kinds.js";
import { copiesOf, eventTargets, type ReplicaSet } from "../model/replica-set.js";
import { THREAD_POOL } from "../model/thread-pool.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showValue } from "../wording/show-value.js";
import { endpointsOf, serversOf, type PlacedServer } from "./endpoints-of.js";
import { everyStep } from "./every-step.js";
import { readReplicaSet } from "./read-replica-set.js";
import { listAt, numberAt, textAt } from "./tolerant-values.js";
import { generatorPaths, type NodeKind, type TolerantTopology } from "./tolerant-topology.js";

/** Where the parts of an event or a fault stand. */
export interface EffectPlace {
  /** Of the mapping that has the target. */
  readonly path: DataPath;
  /** Of the mapping that has the kind and how bad it is. */
  readonly at: DataPath;
}

/** What can be down. */
const WORKS: ReadonlySet<NodeKind> = new Set(["server", "database", "cache", "llm", "broker", "external"]);

/** What is wrong must be said in the keys of its kind, and its target be something that it can happen to. */
export function checkEffect(data: unknown, place: EffectPlace, topology: TolerantTopology): readonly Finding[] {
  return [
    ...checkMeasures(data, place.at),
    ...checkTarget(data, place, topology),
    ...checkPool(data, place),
    ...checkPauses(data, place),
    ...checkBandwidth(data, place, topology),
    ...checkModel(data, place, topology),
  ];
}

function checkMeasures(data: unknown, at: DataPath): readonly Finding[] {
  const kind = textAt(data, [...at, "kind"]);
  const rule = kind === undefined ? undefined : EFFECT_RULES.get(kind);
  if (rule === undefined) return [];
  if (rule.needsOne === true && rule.allows.every((key) => (valueAt(data, [...at, key]) ?? undefined) === undefined)) {
    return [{ path: at, at: "value", message: `must have one of ${rule.allows.join(", ")}` }];
  }
  return EFFECT_KEYS.flatMap((key): readonly Finding[] => {
    const value = valueAt(data, [...at, key]) ?? undefined;
    if (value === undefined && rule.needs.includes(key)) {
      return [{ path: at, at: "value", message: `missing key ${key}` }];
    }
    if (value === undefined || rule.needs.includes(key) || rule.allows.includes(key)) return [];
    const message = `must be left out for ${kind!}: current value is ${showValue(value)}`;
    return [{ path: [...at, key], at: "value", message }];
  });
}

function checkTarget(data: unknown, { path, at }: EffectPlace, topology: TolerantTopology): readonly Finding[] {
  const { nodes, edges, nodesComplete, edgesComplete } = topology;
  const kind = textAt(data, [...at, "kind"]);
  const target = textAt(data, [...path, "target_id"]);
  const rule = kind === undefined ? undefined : EFFECT_RULES.get(kind);
  if (target === undefined || rule === undefined) return [];
  const reject = (what: string, meant: readonly string[]): readonly Finding[] => {
    const message = `must be the id of ${what} for ${kind!}: current value is ${showValue(target)}`;
    return [{ path: [...path, "target_id"], at: "value", message: `${message}${didYouMean(target, meant)}` }];
  };
  if (rule.target === "edge") {
    const ids = edges.map(({ id }) => id).filter((id) => id !== undefined);
    return !edgesComplete || ids.includes(target) ? [] : reject("an edge", ids);
  }
  if (!nodesComplete) return [];
  if (rule.target === "generator") {
    const ids = nodes.filter((node) => node.kind === "generator").map(({ id }) => id);
    if (!ids.includes(target)) return reject("a generator", ids);
    const generator = generatorPaths(data).find((other) => textAt(data, [...other, "id"]) === target);
    const fixed = ["closed", "trace"].find((key) => valueAt(data, [...(generator ?? []), key]) !== undefined);
    return fixed === undefined ? [] : reject(`a generator with a rate, not with ${fixed},`, []);
  }
  if (rule.target === "cache") return checkFlushed(data, path, target);
  if (rule.target === "process") {
    const servers = serversOf(data).flatMap(readReplicaSet);
    if (eventTargets(target, servers) !== undefined) return [];
    return reject("a server with memory", servers.flatMap(namesOf));
  }
  const replicas = replicatedDatabases(data).flatMap(({ id, count }) => databaseReplicas(id, count));
  const ids = [...nodes.filter((node) => WORKS.has(node.kind)).map(({ id }) => id), ...replicas];
  const sets = serversOf(data).flatMap(readReplicaSet);
  if (ids.includes(target) || eventTargets(target, sets) !== undefined) return [];
  return reject("a server", [...ids, ...sets.flatMap(namesOf)]);
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
    `must be the id of a cache for cache_flush: current value is ${showValue(target)}${didYouMean(target, ids)}`,
  );
}

/** A language model has one factor for all that it does. */
function checkModel(data: unknown, { path, at }: EffectPlace, { nodes }: TolerantTopology): readonly Finding[] {
  const target = textAt(data, [...path, "target_id"]);
  const io_factor = valueAt(data, [...at, "io_factor"]) ?? undefined;
  if (io_factor === undefined || !nodes.some(({ kind, id }) => kind === "llm" && id === target)) return [];
  const message = `must be left out for a language model, which has no I/O steps: current value is ${showValue(io_factor)}`;
  return [{ path: [...at, "io_factor"], at: "value", message }];
}

/** Only what pauses can pause more. */
function checkPauses(data: unknown, { path, at }: EffectPlace): readonly Finding[] {
  const target = textAt(data, [...path, "target_id"]);
  if (textAt(data, [...at, "kind"]) !== "gc_storm" || target === undefined) return [];
  const server = serverMeant(data, target);
  if (server !== undefined && valueAt(server.server, ["pauses"]) !== undefined) return [];
  const message = `must be a server with pauses for gc_storm: current value is ${showValue(target)}`;
  return [{ path: [...path, "target_id"], at: "value", message }];
}

/** Of a bandwidth without a limit no share can be left. */
function checkBandwidth(data: unknown, place: EffectPlace, { edges }: TolerantTopology): readonly Finding[] {
  const at = [...place.at, "bandwidth_ratio"];
  const target = textAt(data, [...place.path, "target_id"]);
  const edge = edges.find(({ id }) => id !== undefined && id === target);
  if (edge === undefined || numberAt(data, at) === undefined) return [];
  if (valueAt(data, [...edge.path, "bandwidth_mbps"]) !== undefined) return [];
  const message = `must stand at an edge with bandwidth_mbps: current target is ${showValue(target)}`;
  return [{ path: at, at: "key", message }];
}

/** The server, or the set, that a target means. */
function serverMeant(data: unknown, target: string): PlacedServer | undefined {
  return serversOf(data).find((one) => readReplicaSet(one).some((set) => eventTargets(target, [set]) !== undefined));
}

/** What an event may name of a server besides its id. */
function namesOf(set: ReplicaSet): readonly string[] {
  const zones = (set.zones ?? []).map((zone) => `${set.id}@${zone}`);
  return [...copiesOf(set).map(({ id }) => id), ...new Set(zones)];
}

/** A pool must be one that some step of the server holds, or a database's workers. */
function checkPool(data: unknown, { path, at }: EffectPlace): readonly Finding[] {
  const target = textAt(data, [...path, "target_id"]);
  const pool = textAt(data, [...at, "pool"]);
  if (textAt(data, [...at, "kind"]) !== "pool_exhaustion" || target === undefined || pool === undefined) return [];
  const server = serverMeant(data, target);
  const names = server?.id === undefined ? poolsOfDatabase(data, target) : heldAt(data, server.id);
  if (names.includes(pool)) return [];
  const rule = `must be a pool that ${showName(target)} has and uses`;
  const message = `${rule}: current value is ${showValue(pool)}${didYouMean(pool, names)}`;
  return [{ path: [...at, "pool"], at: "value", message }];
}

function databaseAt(data: unknown, id: string): DataPath | undefined {
  const databases = ["topology_graph", "nodes", "databases"];
  const index = (listAt(data, databases) ?? []).findIndex((_, k) => textAt(data, [...databases, k, "id"]) === id);
  return index < 0 ? undefined : [...databases, index];
}

function poolsOfDatabase(data: unknown, id: string): readonly string[] {
  const database = databaseAt(data, id);
  return database !== undefined && numberAt(data, [...database, "workers"]) !== undefined ? [WORKERS] : [];
}

function heldAt(data: unknown, id: string): readonly string[] {
  const steps = endpointsOf(data)
    .filter(({ server }) => server.id === id)
    .flatMap(everyStep);
  return steps.flatMap(({ step }) => {
    const asked = textAt(step, ["query"]) ?? textAt(step, ["transaction"]);
    const database = asked === undefined ? undefined : databaseAt(data, asked);
    const isPooled = database !== undefined && valueAt(data, [...database, "pool"]) !== undefined;
    return [
      textAt(step, ["lock"]) ?? [],
      textAt(step, ["semaphore"]) ?? [],
      textAt(step, ["offload"]) === undefined ? [] : THREAD_POOL,
      isPooled ? connectionPool(asked!) : [],
    ].flat();
  });
}
