import type { Finding } from "../finding.js";
import { copiesOf, eventTargets, type ReplicaSet } from "../model/replica-set.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showValue } from "../wording/show-value.js";
import type { NodeKind, TolerantTopology } from "./tolerant-topology.js";
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
  ];
}

/** What can be down or slow. */
const WORKS: ReadonlySet<NodeKind> = new Set(["server", "database", "cache", "broker", "external"]);

const END_KINDS: Readonly<Record<string, string>> = {
  server_down: "server_up",
  network_spike_start: "network_spike_end",
  slow_down: "recover",
};

/** The key that says how much, of the kinds that have one. */
const MEASURES: Readonly<Record<string, string>> = { network_spike_start: "spike_s", slow_down: "factor" };

function checkKinds(data: unknown, path: DataPath): readonly Finding[] {
  const findings: Finding[] = [];
  const kind = textAt(data, [...path, "start", "kind"]);
  const end = textAt(data, [...path, "end", "kind"]);
  const wanted = kind === undefined ? undefined : END_KINDS[kind];
  const isEndKnown = end !== undefined && Object.values(END_KINDS).includes(end);
  if (wanted !== undefined && isEndKnown && end !== wanted) {
    const message = `must be ${wanted} to end ${kind}: current value is ${showValue(end)}`;
    findings.push({ path: [...path, "end", "kind"], at: "value", message });
  }
  if (wanted === undefined) return findings;
  const measure = MEASURES[kind!];
  for (const key of Object.values(MEASURES)) {
    const value = valueAt(data, [...path, "start", key]) ?? undefined;
    if (key === measure && value === undefined) {
      findings.push({ path: [...path, "start"], at: "value", message: `missing key ${key}` });
    }
    if (key !== measure && value !== undefined) {
      const message = `must be left out for ${kind}: current value is ${showValue(value)}`;
      findings.push({ path: [...path, "start", key], at: "value", message });
    }
  }
  return findings;
}

function checkTimes(data: unknown, path: DataPath): readonly Finding[] {
  const findings: Finding[] = [];
  const horizon_s = horizonOf(data);
  const start_s = numberAt(data, [...path, "start", "t_start"]);
  const end_s = numberAt(data, [...path, "end", "t_end"]);
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
  const isOfServer = kind !== "network_spike_start";
  const isComplete = isOfServer ? nodesComplete : edgesComplete;
  if (target === undefined || kind === undefined || END_KINDS[kind] === undefined || !isComplete) return [];
  const sets = serversOf(data).flatMap(readReplicaSet);
  const edgeIds = edges.map(({ id }) => id).filter((id) => id !== undefined);
  const ids = isOfServer ? nodes.filter((node) => WORKS.has(node.kind)).map(({ id }) => id) : edgeIds;
  if (ids.includes(target) || (isOfServer && eventTargets(target, sets) !== undefined)) return [];
  const rule = `must be the id of ${isOfServer ? "a server" : "an edge"} for ${kind}`;
  const meant = isOfServer ? [...ids, ...sets.flatMap(namesOf)] : ids;
  const message = `${rule}: current value is ${showValue(target)}${didYouMean(target, meant)}`;
  return [{ path: [...path, "target_id"], at: "value", message }];
}

/** What an event may name of a server besides its id. */
function namesOf(set: ReplicaSet): readonly string[] {
  const zones = (set.zones ?? []).map((zone) => `${set.id}@${zone}`);
  return [...copiesOf(set).map(({ id }) => id), ...new Set(zones)];
}
