import type { Finding } from "../finding.js";
import { showName } from "../wording/show-value.js";
import { findRoutes } from "./routes.js";
import type { TolerantNode, TolerantTopology } from "./tolerant-topology.js";

/** Every path from a generator must come back to the client. Needs nodes and edges that could all be read. */
export function checkRoutes(_data: unknown, { nodes, edges, edgesComplete }: TolerantTopology): readonly Finding[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const allKnown = edges.every(({ source, target }) => ids.has(source ?? "") && ids.has(target ?? ""));
  if (!edgesComplete || !allKnown || ids.size !== nodes.length) return [];

  const loopless = edges.filter(({ source, target }) => source !== target);
  const { reachable, passesClient, cycles } = findRoutes({ nodes, edges: loopless });
  const sources = new Set(edges.map(({ source }) => source));
  const needsEdge = ({ id, kind }: TolerantNode): boolean =>
    kind === "generator" || (kind === "client" ? passesClient : reachable.has(id));
  const deadEnds = nodes.filter((node) => !sources.has(node.id) && needsEdge(node));
  return [
    ...deadEnds.map(({ id, kind, path }) => {
      const wanted = kind === "load_balancer" ? "at least one leaving edge" : "one leaving edge";
      return {
        path,
        at: "value" as const,
        message: `must have ${wanted}: ${KIND_NAMES[kind]} ${showName(id)} has none`,
      };
    }),
    ...cycles.map((cycle) => ({
      path: ["topology_graph", "edges"],
      at: "value" as const,
      message: `every path must come back to the client: current cycle is ${cycle.map(showName).join(" -> ")}`,
    })),
  ];
}

const KIND_NAMES = {
  generator: "generator",
  client: "client",
  load_balancer: "load balancer",
  server: "server",
} as const;
