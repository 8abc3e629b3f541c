import type { Finding } from "../finding.js";
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
  const kinds = new Map(topology.nodes.map(({ id, kind }) => [id, kind]));
  return topology.calls.flatMap((call) => [
    ...checkTarget(call, topology, kinds),
    ...checkEndpoint(call, topology, { kinds, endpoints }),
  ]);
}

const ANSWERING: ReadonlySet<NodeKind> = new Set(["server", "external", "load_balancer"]);

function checkTarget(
  { source, target, path }: TolerantCall,
  { edges, nodesComplete, edgesComplete }: TolerantTopology,
  kinds: ReadonlyMap<string, NodeKind>,
): readonly Finding[] {
  const reject = (message: string): readonly Finding[] => [{ path: [...path, "call"], at: "value", message }];
  const kind = kinds.get(target);
  const current = `current value is ${showValue(target)}`;
  if (kind === undefined && !nodesComplete) return [];
  if (kind === undefined || !ANSWERING.has(kind)) {
    const known = [...kinds].filter(([, one]) => ANSWERING.has(one)).map(([id]) => id);
    return reject(`must be a server, an external service or a load balancer: ${current}${didYouMean(target, known)}`);
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

function checkEndpoint(
  { target, endpoint, path }: TolerantCall,
  topology: TolerantTopology,
  { kinds, endpoints }: Callees,
): readonly Finding[] {
  if (endpoint === undefined) return [];
  const reject = (message: string): Finding => ({ path: [...path, "endpoint"], at: "value", message });
  return calleesOf(target, topology, kinds).flatMap((id) => {
    const names = endpoints.get(id) ?? [];
    if (kinds.get(id) === "external") {
      const message = `must be left out: ${showName(id)} is an external service and has no endpoints`;
      return [reject(`${message}: current value is ${showValue(endpoint)}`)];
    }
    if (names.length === 0 || names.includes(endpoint)) return [];
    const rule = `must be the name of an endpoint of ${showName(id)}`;
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
  return [...found].filter((id) => kinds.get(id) === "server" || kinds.get(id) === "external");
}
