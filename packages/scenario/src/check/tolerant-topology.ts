import { DEFAULTS } from "../model/defaults.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt, type DataPath } from "../path/data-path.js";

/** What an edge can begin or end at. */
export type NodeKind = "generator" | "client" | "load_balancer" | "server";

/** A node whose id could be read. */
export interface TolerantNode {
  readonly kind: NodeKind;
  readonly id: string;
  readonly path: DataPath;
}

/** An edge; what could not be read of it is undefined. */
export interface TolerantEdge {
  readonly id: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly path: DataPath;
}

/** What can be read of the nodes and edges of data that may be partly broken. */
export interface TolerantTopology {
  readonly nodes: readonly TolerantNode[];
  readonly edges: readonly TolerantEdge[];
  /** Whether every node could be read: only then is an unknown id an error of its own. */
  readonly nodesComplete: boolean;
  /** Whether every edge could be read too: only then can paths be followed. */
  readonly edgesComplete: boolean;
}

/** Reads the nodes and edges, leaving out what is broken: its own message is given by the schema. */
export function readTopology(data: unknown): TolerantTopology {
  const graph = ["topology_graph", "nodes"];
  const servers = listAt(data, [...graph, "servers"]);
  const hasBalancer = isMapping(valueAt(data, [...graph, "load_balancer"]));
  const places: readonly { readonly kind: NodeKind; readonly path: DataPath }[] = [
    ...generatorPaths(data).map((path) => ({ kind: "generator" as const, path })),
    { kind: "client", path: [...graph, "client"] },
    ...(hasBalancer ? [{ kind: "load_balancer" as const, path: [...graph, "load_balancer"] }] : []),
    ...(servers ?? []).map((_, index) => ({ kind: "server" as const, path: [...graph, "servers", index] })),
  ];
  const nodes = places.flatMap(({ kind, path }) => {
    const id = textAt(data, [...path, "id"]);
    return id === undefined ? [] : [{ kind, id, path }];
  });
  const edgeList = listAt(data, ["topology_graph", "edges"]);
  const edges = (edgeList ?? []).map((_, index) => readEdge(data, ["topology_graph", "edges", index]));
  const hasOnlyKnownKeys = Object.keys(valueAt(data, graph) ?? {}).every((key) => KNOWN_NODE_KEYS.has(key));
  const nodesComplete = servers !== undefined && nodes.length === places.length && hasOnlyKnownKeys;
  const readable = edges.every(({ source, target }) => source !== undefined && target !== undefined);
  return { nodes, edges, nodesComplete, edgesComplete: nodesComplete && edgeList !== undefined && readable };
}

const KNOWN_NODE_KEYS: ReadonlySet<string> = new Set(["client", "load_balancer", "servers"]);

/** Where the generators stand: `rqs_input` is one of them or a list. */
export function generatorPaths(data: unknown): readonly DataPath[] {
  const list = listAt(data, ["rqs_input"]);
  return list === undefined ? [["rqs_input"]] : list.map((_, index) => ["rqs_input", index]);
}

/** The list at a path, or undefined when there is none. */
export function listAt(data: unknown, path: DataPath): readonly unknown[] | undefined {
  const value = valueAt(data, path);
  return Array.isArray(value) ? value : undefined;
}

/** The text at a path, or undefined when there is none. */
export function textAt(data: unknown, path: DataPath): string | undefined {
  const value = valueAt(data, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The finite number at a path, or undefined when there is none. */
export function numberAt(data: unknown, path: DataPath): number | undefined {
  const value = valueAt(data, path);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The length of the run [s], or undefined when it is none. */
export function horizonOf(data: unknown): number | undefined {
  const path = ["sim_settings", "total_simulation_time"];
  const horizon_s = valueAt(data, path) === undefined ? DEFAULTS.total_simulation_time : numberAt(data, path);
  return horizon_s !== undefined && horizon_s > 0 ? horizon_s : undefined;
}

function readEdge(data: unknown, path: DataPath): TolerantEdge {
  return {
    id: textAt(data, [...path, "id"]),
    source: textAt(data, [...path, "source"]),
    target: textAt(data, [...path, "target"]),
    path,
  };
}
