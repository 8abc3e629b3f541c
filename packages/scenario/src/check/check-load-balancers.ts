import { DEFAULTS } from "../model/defaults.js";
import type { Finding } from "../finding.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import type { TolerantNode, TolerantTopology } from "./tolerant-topology.js";
import { numberAt } from "./tolerant-values.js";

/** A load balancer must have what its algorithm needs, and an ejection must be possible. */
export function checkLoadBalancers(data: unknown, topology: TolerantTopology): readonly Finding[] {
  return topology.nodes
    .filter(({ kind }) => kind === "load_balancer")
    .flatMap((balancer) => [...missingKeys(data, balancer), ...impossibleEjection(data, balancer, topology)]);
}

const NEEDED: Readonly<Record<string, string>> = { consistent_hash: "keys", locality: "zone" };

function missingKeys(data: unknown, { path }: TolerantNode): readonly Finding[] {
  const balancer = valueAt(data, path);
  if (!isMapping(balancer)) return [];
  const algorithm = balancer["algorithm"] ?? balancer["algorithms"];
  const needed = typeof algorithm === "string" ? NEEDED[algorithm] : undefined;
  if (needed === undefined || balancer[needed] !== undefined) return [];
  return [{ path, at: "value", message: `missing key ${needed}: ${algorithm} needs it` }];
}

/** Less than one server is none: then no request can put one out. */
function impossibleEjection(data: unknown, { id, path }: TolerantNode, topology: TolerantTopology): readonly Finding[] {
  const ejection = [...path, "outlier_ejection"];
  if (!topology.edgesComplete || !isMapping(valueAt(data, ejection))) return [];
  const ratioPath: DataPath = [...ejection, "max_ejected_ratio"];
  const ratio = valueAt(data, ratioPath) === undefined ? DEFAULTS.max_ejected_ratio : (numberAt(data, ratioPath) ?? 1);
  const members = topology.edges
    .filter(({ source }) => source === id)
    .reduce((sum, { target }) => sum + replicasOf(data, target, topology), 0);
  if (members === 0 || Math.floor(ratio * members) >= 1) return [];
  const rule = `max_ejected_ratio must be >= 1 / ${members}, or no server can be ejected`;
  return [{ path: ejection, at: "value", message: `${rule}: current value is ${ratio}` }];
}

/** How many servers an edge to a node leads to: one, or those of a replica set, as many as its autoscaler may want. */
function replicasOf(data: unknown, id: string | undefined, { nodes }: TolerantTopology): number {
  const path = nodes.find((node) => node.id === id)?.path ?? [];
  const most = numberAt(data, [...path, "autoscaler", "max"]) ?? numberAt(data, [...path, "replicas"]);
  return Math.max(1, most ?? 1);
}
