import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import { DETECTOR_ID } from "../model/detector.js";
import { eventTargets } from "../model/replica-set.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { isMapping } from "../path/is-mapping.js";
import { showValue } from "../wording/show-value.js";
import { checkThrottles } from "./check-throttles.js";
import { checkWatched } from "./check-watched.js";
import { serversOf, type PlacedServer } from "./endpoints-of.js";
import { readReplicaSet } from "./read-replica-set.js";
import type { TolerantTopology } from "./tolerant-topology.js";
import { horizonOf, listAt, numberAt, textAt } from "./tolerant-values.js";

/** Times that a detector may look in one run: each costs something. */
const MOST_SAMPLES = 10_000_000;

/** A detector needs a queue with a capacity, a throttle needs a detector, and so do faults that grow with pressure need a queue. */
export function checkDetectors(data: unknown, topology: TolerantTopology): readonly Finding[] {
  const detectors = detectorsIn(data);
  return [
    ...detectors.flatMap(({ path }) => [
      ...checkTimes(data, path),
      ...checkRatios(data, path),
      ...checkNode(data, path, topology),
    ]),
    ...checkThrottles(data, { topology, detectors: detectors.map(({ id }) => id) }),
    ...checkInjectors(data),
  ];
}

/** The detectors of data that may be partly broken, with their ids. */
export function detectorsIn(data: unknown): readonly { readonly id: string; readonly path: DataPath }[] {
  const one = isMapping(valueAt(data, ["detector"]))
    ? [{ id: textAt(data, ["detector", "id"]) ?? DETECTOR_ID, path: ["detector"] }]
    : [];
  const many = (listAt(data, ["detectors"]) ?? []).flatMap((_, index) => {
    const path = ["detectors", index];
    const id = textAt(data, [...path, "id"]);
    return id === undefined ? [] : [{ id, path }];
  });
  return [...one, ...many];
}

function checkTimes(data: unknown, path: DataPath): readonly Finding[] {
  const horizon_s = horizonOf(data);
  const given = numberAt(data, [...path, "interval_s"]);
  const interval_s = given ?? DEFAULTS.detector_interval_s;
  const trend_s = numberAt(data, [...path, "trend_s"]);
  if (interval_s <= 0) return [];
  const findings: Finding[] = [];
  if (horizon_s !== undefined && horizon_s / interval_s > MOST_SAMPLES) {
    const rule = `must be long enough for at most ${MOST_SAMPLES} looks in total_simulation_time (${horizon_s})`;
    const at = given === undefined ? path : [...path, "interval_s"];
    findings.push({ path: at, at: "value", message: `${rule}: current value is ${interval_s}` });
  }
  if (trend_s !== undefined && trend_s < interval_s) {
    const message = `must be >= interval_s (${interval_s}): current value is ${trend_s}`;
    findings.push({ path: [...path, "trend_s"], at: "value", message });
  }
  if (trend_s !== undefined && trend_s / interval_s > MOST_TREND_INTERVALS) {
    const message = `must be at most ${MOST_TREND_INTERVALS} times interval_s (${interval_s}): current value is ${trend_s}`;
    findings.push({ path: [...path, "trend_s"], at: "value", message });
  }
  return findings;
}

/** A detector keeps what it saw in each of them. */
const MOST_TREND_INTERVALS = 10_000;

function checkRatios(data: unknown, path: DataPath): readonly Finding[] {
  const degraded = numberAt(data, [...path, "degraded_ratio"]) ?? DEFAULTS.degraded_ratio;
  const collapsed = numberAt(data, [...path, "collapsed_ratio"]) ?? DEFAULTS.collapsed_ratio;
  if (collapsed >= degraded) return [];
  const key = numberAt(data, [...path, "collapsed_ratio"]) === undefined ? "degraded_ratio" : "collapsed_ratio";
  const message =
    key === "collapsed_ratio"
      ? `must be >= degraded_ratio (${degraded}): current value is ${collapsed}`
      : `must be <= collapsed_ratio (${collapsed}): current value is ${degraded}`;
  return [{ path: [...path, key], at: "value", message }];
}

function checkNode(data: unknown, path: DataPath, { nodes, nodesComplete }: TolerantTopology): readonly Finding[] {
  const node = textAt(data, [...path, "node"]);
  if (node === undefined || !nodesComplete) return [];
  const unknown = checkWatched(data, [...path, "node"], { nodes, nodesComplete });
  if (unknown.length > 0) return unknown;
  const watched = serversOf(data).filter((server) => eventTargets(node, readReplicaSet(server)) !== undefined);
  const database = nodes.find(({ kind, id }) => kind === "database" && id === node);
  const hasQueue = database !== undefined && isPositive(data, [...database.path, "queue", "capacity"]);
  if (valueAt(data, [...path, "capacity"]) !== undefined || hasQueue || watched.some(hasBacklog)) return [];
  const message = `missing key capacity: ${showValue(node)} has no backlog or queue that could be full`;
  return [{ path, at: "value", message }];
}

/** Whether there is a number of requests that may wait to be let in, or to be worked on. */
function hasBacklog({ server }: PlacedServer): boolean {
  if (isPositive(server, ["queue", "capacity"])) return true;
  if (valueAt(server, ["server_resources", "max_connections"]) === undefined) return false;
  return numberAt(server, ["server_resources", "backlog"]) !== 0;
}

function isPositive(data: unknown, path: DataPath): boolean {
  return (numberAt(data, path) ?? 0) > 0;
}

function checkInjectors(data: unknown): readonly Finding[] {
  return serversOf(data).flatMap((placed) => {
    const path = [...placed.path, "injector"];
    const pressure = numberAt(data, [...path, "pressure_drop_ratio"]);
    const hasCapacity = valueAt(data, [...path, "capacity"]) !== undefined || hasBacklog(placed);
    if (pressure === undefined || hasCapacity) return [];
    const message = "missing key capacity: the server has no backlog or queue that could be full";
    return [{ path, at: "value" as const, message }];
  });
}
