import type { Finding } from "../finding.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showValue } from "../wording/show-value.js";
import { endpointsOf } from "./endpoints-of.js";
import type { NodeKind, TolerantCall, TolerantTopology } from "./tolerant-topology.js";

/** A step calls a node that can answer, over an edge that is there, for an endpoint that it has. */
export function checkCalls(data: unknown, topology: TolerantTopology): readonly Finding[] {
  const endpoints = new Map<string, string[]>();
  for (const { server, name } of endpointsOf(data)) {
    if (server.id === undefined || name === undefined) continue;
    endpoints.set(server.id, [...(endpoints.get(server.id) ?? []), name]);
  }
  for (const { kind, id, path } of topology.nodes) {
    const queries = valueAt(data, [...path, "queries"]);
    if (kind === "database" && isMapping(queries)) endpoints.set(id, Object.keys(queries));
    const topics = valueAt(data, [...path, "topics"]);
    if (kind === "broker" && isMapping(topics)) endpoints.set(id, Object.keys(topics));
  }
  const kinds = new Map(topology.nodes.map(({ id, kind }) => [id, kind]));
  return topology.calls.flatMap((call) => [
    ...checkTarget(call, topology, kinds),
    ...checkEndpoint(call, topology, { kinds, endpoints }),
  ]);
}

/** What can be called, and what can be queried, looked keys up in, asked or published to. */
const ANSWERING = {
  call: {
    kinds: new Set<NodeKind>(["server", "external", "load_balancer"]),
    rule: "must be a server, an external service or a load balancer",
  },
  query: { kinds: new Set<NodeKind>(["database"]), rule: "must be a database" },
  cache: { kinds: new Set<NodeKind>(["cache"]), rule: "must be a cache" },
  llm: { kinds: new Set<NodeKind>(["llm"]), rule: "must be a language model" },
  publish: { kinds: new Set<NodeKind>(["broker"]), rule: "must be a broker" },
};

function checkTarget(
  { key, source, target, path }: TolerantCall,
  { edges, nodesComplete, edgesComplete }: TolerantTopology,
  kinds: ReadonlyMap<string, NodeKind>,
): readonly Finding[] {
  const reject = (message: string): readonly Finding[] => [{ path: [...path, key], at: "value", message }];
  const kind = kinds.get(target);
  const current = `current value is ${showValue(target)}`;
  if (kind === undefined && !nodesComplete) return [];
  const answering = ANSWERING[key];
  if (kind === undefined || !answering.kinds.has(kind)) {
    const known = [...kinds].filter(([, one]) => answering.kinds.has(one)).map(([id]) => id);
    return reject(`${answering.rule}: ${current}${didYouMean(target, known)}`);
  }
  if (source === target) return reject(`must not be the server itself: ${current}`);
  const hasEdge = edges.some((edge) => edge.source === source && edge.target === target);
  if (hasEdge || !edgesComplete) return [];
  return reject(`must have an edge: add one from ${showName(source)} to ${showName(target)}`);
}

interface Callees {
  readonly kinds: ReadonlyMap<string, NodeKind>;
  /** Names by the id of the server. */
  readonly endpoints: ReadonlyMap<string, readonly string[]>;
}

/** The key that names what is wanted of a node, and what that is. */
const NAMED = {
  call: ["endpoint", "an endpoint"],
  query: ["name", "a query"],
  cache: ["name", "a key"],
  llm: ["name", "an endpoint"],
  publish: ["topic", "a topic"],
} as const;

function checkEndpoint(
  { key, target, endpoint, path }: TolerantCall,
  topology: TolerantTopology,
  { kinds, endpoints }: Callees,
): readonly Finding[] {
  if (endpoint === undefined) return [];
  const [word, what] = NAMED[key];
  const reject = (message: string): Finding => ({ path: [...path, word], at: "value", message });
  return calleesOf(target, topology, kinds).flatMap((id) => {
    const names = endpoints.get(id) ?? [];
    if (kinds.get(id) === "external") {
      const message = `must be left out: ${showName(id)} is an external service and has no endpoints`;
      return [reject(`${message}: current value is ${showValue(endpoint)}`)];
    }
    if (names.length === 0 || names.includes(endpoint)) return [];
    const rule = `must be the name of ${what} of ${showName(id)}`;
    return [reject(`${rule}: current value is ${showValue(endpoint)}${didYouMean(endpoint, names)}`)];
  });
}

/** The servers and services that a call can come to, through any load balancers. */
function calleesOf(
  target: string,
  { edges }: TolerantTopology,
  kinds: ReadonlyMap<string, NodeKind>,
): readonly string[] {
  const found = new Set([target]);
  for (const id of found) {
    if (kinds.get(id) !== "load_balancer") continue;
    for (const edge of edges) if (edge.source === id && edge.target !== undefined) found.add(edge.target);
  }
  const ends = new Set<NodeKind | undefined>(["server", "database", "broker", "external"]);
  return [...found].filter((id) => ends.has(kinds.get(id)));
}
