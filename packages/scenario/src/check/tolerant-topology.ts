import { isMapping } from "../path/is-mapping.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { endpointsOf, serversOf, type PlacedEndpoint, type PlacedServer } from "./endpoints-of.js";
import { everyStep } from "./every-step.js";
import { listAt, textAt } from "./tolerant-values.js";

/** What an edge can begin or end at. */
export type NodeKind =
  | "generator"
  | "client"
  | "load_balancer"
  | "server"
  | "database"
  | "cache"
  | "broker"
  | "llm"
  | "external";

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
  /** Whether it leaves a server some step of which calls the target, or a broker from which that consumes. */
  readonly isCalled: boolean;
  /** Whether it leaves a broker from which the target consumes. */
  readonly isDelivery: boolean;
  readonly path: DataPath;
}

/** A step that calls a node, queries a database, looks a key up in a cache, asks a language model or publishes to a broker. */
export interface TolerantCall {
  readonly key: "call" | "query" | "cache" | "llm" | "publish";
  readonly source: string;
  readonly target: string;
  /** Name of an endpoint, in lower case, of a query or of a topic; undefined when the step names none. */
  readonly endpoint: string | undefined;
  /** The place of the step. */
  readonly path: DataPath;
}

/** What can be read of the nodes and edges of data that may be partly broken. */
export interface TolerantTopology {
  readonly nodes: readonly TolerantNode[];
  readonly edges: readonly TolerantEdge[];
  readonly calls: readonly TolerantCall[];
  /** Whether every node could be read: only then is an unknown id an error of its own. */
  readonly nodesComplete: boolean;
  /** Whether every edge could be read too: only then can paths be followed. */
  readonly edgesComplete: boolean;
}

/** Reads the nodes, edges and calls, leaving out what is broken: its own message is given by the schema. */
export function readTopology(data: unknown): TolerantTopology {
  const servers = listAt(data, [...NODES, "servers"]);
  const isListBroken =
    listAt(data, [...NODES, "load_balancers"]) === undefined &&
    valueAt(data, [...NODES, "load_balancers"]) !== undefined;
  const places = nodePlaces(data);
  const nodes = places.flatMap(({ kind, path }) => {
    const id = textAt(data, [...path, "id"]);
    return id === undefined ? [] : [{ kind, id, path }];
  });
  const calls = endpointsOf(data).flatMap(callsOf);
  const called = new Set(calls.map(({ source, target }) => `${source}\n${target}`));
  const delivered = new Set(serversOf(data).flatMap(deliveriesTo));
  const edgeList = listAt(data, ["topology_graph", "edges"]);
  const edges = (edgeList ?? []).map((_, index) => {
    const edge = readEdge(data, ["topology_graph", "edges", index]);
    const ends = `${edge.source}\n${edge.target}`;
    return { ...edge, isCalled: called.has(ends) || delivered.has(ends), isDelivery: delivered.has(ends) };
  });
  const hasOnlyKnownKeys = Object.keys(valueAt(data, NODES) ?? {}).every((key) => KNOWN_NODE_KEYS.has(key));
  const nodesComplete = servers !== undefined && !isListBroken && nodes.length === places.length && hasOnlyKnownKeys;
  const readable = edges.every(({ source, target }) => source !== undefined && target !== undefined);
  return { nodes, edges, calls, nodesComplete, edgesComplete: nodesComplete && edgeList !== undefined && readable };
}

const NODES = ["topology_graph", "nodes"];

const KNOWN_NODE_KEYS: ReadonlySet<string> = new Set([
  "client",
  "clients",
  "load_balancer",
  "load_balancers",
  "servers",
  "databases",
  "caches",
  "llms",
  "brokers",
  "externals",
]);

interface NodePlace {
  readonly kind: NodeKind;
  readonly path: DataPath;
}

function nodePlaces(data: unknown): readonly NodePlace[] {
  const one = (kind: NodeKind, key: string): readonly NodePlace[] =>
    isMapping(valueAt(data, [...NODES, key])) ? [{ kind, path: [...NODES, key] }] : [];
  const many = (kind: NodeKind, key: string): readonly NodePlace[] =>
    (listAt(data, [...NODES, key]) ?? []).map((_, index) => ({ kind, path: [...NODES, key, index] }));
  const clients = many("client", "clients");
  return [
    ...generatorPaths(data).map((path) => ({ kind: "generator" as const, path })),
    // Where there is no client at all, one is missing.
    ...(clients.length === 0 ? [{ kind: "client" as const, path: [...NODES, "client"] }] : one("client", "client")),
    ...clients,
    ...one("load_balancer", "load_balancer"),
    ...many("load_balancer", "load_balancers"),
    ...many("server", "servers"),
    ...many("database", "databases"),
    ...many("cache", "caches"),
    ...many("llm", "llms"),
    ...many("broker", "brokers"),
    ...many("external", "externals"),
  ];
}

/** Where the generators stand: `rqs_input` is one of them or a list. */
export function generatorPaths(data: unknown): readonly DataPath[] {
  const list = listAt(data, ["rqs_input"]);
  return list === undefined ? [["rqs_input"]] : list.map((_, index) => ["rqs_input", index]);
}

function callsOf(endpoint: PlacedEndpoint): readonly TolerantCall[] {
  const source = endpoint.server.id;
  if (source === undefined) return [];
  return everyStep(endpoint).flatMap(({ step, path }): readonly TolerantCall[] => {
    const called = textAt(step, ["call"]);
    if (called !== undefined) {
      return [{ key: "call", source, target: called, endpoint: textAt(step, ["endpoint"])?.toLowerCase(), path }];
    }
    const cache = textAt(step, ["cache"]);
    if (cache !== undefined) return [{ key: "cache", source, target: cache, endpoint: undefined, path }];
    const llm = textAt(step, ["llm"]);
    if (llm !== undefined) return [{ key: "llm", source, target: llm, endpoint: undefined, path }];
    const broker = textAt(step, ["publish"]);
    if (broker !== undefined) {
      return [{ key: "publish", source, target: broker, endpoint: textAt(step, ["topic"]), path }];
    }
    const queried = textAt(step, ["query"]);
    if (queried === undefined) return [];
    return [{ key: "query", source, target: queried, endpoint: textAt(step, ["name"]), path }];
  });
}

/** The ends of the edges over which a server gets what it consumes. */
function deliveriesTo({ server, id }: PlacedServer): readonly string[] {
  return (listAt(server, ["consumes"]) ?? []).map((consumption) => `${textAt(consumption, ["broker"])}\n${id}`);
}

function readEdge(data: unknown, path: DataPath): Omit<TolerantEdge, "isCalled" | "isDelivery"> {
  return {
    id: textAt(data, [...path, "id"]),
    source: textAt(data, [...path, "source"]),
    target: textAt(data, [...path, "target"]),
    path,
  };
}
