import type { Finding } from "../finding.js";
import { showName } from "../wording/show-value.js";
import { findRoutes } from "./routes.js";
import type { TolerantNode, TolerantTopology } from "./tolerant-topology.js";

/**
 * Every path from a generator must come back to a client, or end at a server that answers to one; no call may cause
 * itself. Needs nodes and edges that could all be read.
 */
export function checkRoutes(_data: unknown, { nodes, edges, edgesComplete }: TolerantTopology): readonly Finding[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const allKnown = edges.every(({ source, target }) => ids.has(source ?? "") && ids.has(target ?? ""));
  if (!edgesComplete || !allKnown || ids.size !== nodes.length) return [];

  const loopless = edges.filter(({ source, target }) => source !== target);
  const { reachable, passedClients, cycles, callCycles } = findRoutes({ nodes, edges: loopless });
  const sources = new Set(edges.map(({ source }) => source));
  const needsEdge = ({ id, kind }: TolerantNode): boolean => {
    if (kind === "client") return passedClients.has(id);
    return kind === "generator" || (kind === "load_balancer" && reachable.has(id));
  };
  const deadEnds = nodes.filter((node) => !sources.has(node.id) && needsEdge(node));
  const cyclesAs = (rule: string, found: readonly (readonly string[])[]): readonly Finding[] =>
    found.map((cycle) => ({
      path: ["topology_graph", "edges"],
      at: "value",
      message: `${rule}: current cycle is ${cycle.map(showName).join(" -> ")}`,
    }));
  return [
    ...deadEnds.map(({ id, kind, path }) => {
      const wanted = kind === "load_balancer" ? "at least one leaving edge" : "one leaving edge";
      return {
        path,
        at: "value" as const,
        message: `must have ${wanted}: ${KIND_NAMES[kind]} ${showName(id)} has none`,
      };
    }),
    ...cyclesAs("every path must come back to a client", cycles),
    ...cyclesAs("calls must not go in a circle", callCycles),
  ];
}

const KIND_NAMES = {
  generator: "generator",
  client: "client",
  load_balancer: "load balancer",
  server: "server",
  database: "database",
  cache: "cache",
  llm: "language model",
  broker: "broker",
  external: "external service",
} as const;
