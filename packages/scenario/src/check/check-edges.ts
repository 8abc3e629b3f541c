import type { Finding } from "../finding.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showNames, showValue } from "../wording/show-value.js";
import type { NodeKind, TolerantEdge, TolerantNode, TolerantTopology } from "./tolerant-topology.js";
import { listAt } from "./tolerant-values.js";

/** Edges must connect nodes that exist, in the ways the nodes allow. */
export function checkEdges(data: unknown, topology: TolerantTopology): readonly Finding[] {
  return [...checkEnds(topology), ...checkFanOut(topology), ...checkCoveredServers(data, topology)];
}

function checkEnds({ nodes, edges, nodesComplete }: TolerantTopology): readonly Finding[] {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  return edges.flatMap((edge) => [
    ...(nodesComplete ? unknownEnds(edge, [...kinds.keys()]) : []),
    ...impossibleTarget(edge, kinds),
  ]);
}

function unknownEnds(edge: TolerantEdge, ids: readonly string[]): readonly Finding[] {
  return (["source", "target"] as const).flatMap((end) => {
    const id = edge[end];
    if (id === undefined || ids.includes(id)) return [];
    const message = `must be the id of a node: current value is ${showValue(id)}${didYouMean(id, ids)}`;
    return [{ path: [...edge.path, end], at: "value" as const, message }];
  });
}

function impossibleTarget(edge: TolerantEdge, kinds: ReadonlyMap<string, NodeKind>): readonly Finding[] {
  const { source, target } = edge;
  if (source === undefined || target === undefined) return [];
  const kind = kinds.get(target);
  const rules = [
    { isBroken: kind === "generator", rule: "must not be a generator" },
    { isBroken: kind === "database" && !edge.isCalled, rule: "must be queried by a step of the source" },
    { isBroken: kind === "cache" && !edge.isCalled, rule: "must be asked by a step cache of the source" },
    { isBroken: kind === "llm" && !edge.isCalled, rule: "must be asked by a step llm of the source" },
    { isBroken: kind === "broker" && !edge.isCalled, rule: "must be published to by a step of the source" },
    { isBroken: source === target, rule: "must not be the source" },
    {
      isBroken: kinds.get(source) === "load_balancer" && kind === "client",
      rule: "must be a server or a load balancer, because the source is a load balancer",
    },
  ];
  const broken = rules.find(({ isBroken }) => isBroken);
  if (broken === undefined) return [];
  const message = `${broken.rule}: current value is ${showValue(target)}`;
  return [{ path: [...edge.path, "target"], at: "value", message }];
}

/** Several edges may leave a load balancer, a server to nodes that it calls, and a broker to its consumers; none leaves an external service. */
function checkFanOut({ nodes, edges }: TolerantTopology): readonly Finding[] {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const left = new Set<string>();
  return edges.flatMap(({ source, target, isCalled, path }) => {
    const kind = kinds.get(source ?? "");
    if (source === undefined || kind === undefined || kind === "load_balancer") return [];
    const key = isCalled ? `${source}\n${target}` : source;
    const isSecond = left.has(key);
    left.add(key);
    const isAllowed = kind === "broker" ? isCalled : !ONLY_ANSWERING.has(kind);
    if (!isSecond && isAllowed) return [];
    const rule = isCalled
      ? `must have only one edge to ${showName(target ?? "")}, which it calls`
      : FAN_OUT_RULES[kind];
    const message = `${rule}: current value is ${showValue(source)}`;
    return [{ path: [...path, "source"], at: "value" as const, message }];
  });
}

const ONLY_ANSWERING: ReadonlySet<NodeKind> = new Set(["database", "cache", "llm", "external"]);

const FAN_OUT_RULES = {
  generator: "must be a load balancer to have more than one leaving edge",
  client: "must be a load balancer to have more than one leaving edge",
  server: "must be a load balancer, or call the target in a step, to have more than one leaving edge",
  database: "must not be a database, which only answers",
  cache: "must not be a cache, which only answers",
  llm: "must not be a language model, which only answers",
  broker: "must be a broker that the target consumes from",
  external: "must not be an external service, which only answers",
} as const;

function checkCoveredServers(data: unknown, { nodes, edges, nodesComplete }: TolerantTopology): readonly Finding[] {
  if (!nodesComplete) return [];
  const members = nodes.filter(({ kind }) => kind === "server" || kind === "load_balancer").map(({ id }) => id);
  const balancers = nodes.filter(({ kind }) => kind === "load_balancer");
  return balancers.flatMap((balancer) =>
    ["targets", "server_covered"].flatMap((key) =>
      uncovered(listAt(data, [...balancer.path, key]) ?? [], {
        balancer,
        key,
        members,
        linked: edges.filter(({ source }) => source === balancer.id).map(({ target }) => target),
      }),
    ),
  );
}

/** What a list of targets is held against. */
interface Coverage {
  readonly balancer: TolerantNode;
  /** The key of the list. */
  readonly key: string;
  /** Ids that may stand in it, and ids that edges of the load balancer lead to. */
  readonly members: readonly string[];
  readonly linked: readonly (string | undefined)[];
}

function uncovered(covered: readonly unknown[], { balancer, key, members, linked }: Coverage): readonly Finding[] {
  return covered.flatMap((id, index) => {
    if (typeof id !== "string" || id === "") return [];
    const path = [...balancer.path, key, index];
    const current = `current value is ${showValue(id)}`;
    if (!members.includes(id)) {
      const message = `must be the id of a server or a load balancer: ${current}${didYouMean(id, members)}`;
      return [{ path, at: "value" as const, message }];
    }
    if (linked.includes(id)) return [];
    const targets = linked.filter((target) => target !== undefined).map(showName);
    const rule = `must have an edge from load balancer ${showName(balancer.id)}`;
    return [{ path, at: "value" as const, message: `${rule}: ${current}, current targets are ${showNames(targets)}` }];
  });
}
