import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import { valueAt } from "../path/data-path.js";
import { showNumber } from "../wording/show-value.js";
import { endpointsOf, serversOf } from "./endpoints-of.js";
import { everyStep, MAX_STEPS } from "./every-step.js";
import { memoryNeeded } from "./memory-needed.js";
import type { TolerantEdge, TolerantTopology } from "./tolerant-topology.js";
import { numberAt } from "./tolerant-values.js";

/** Connections must leave memory to work with, and lead to somebody who answers over them. */
export function checkConnections(data: unknown, { edges, nodes, nodesComplete }: TolerantTopology): readonly Finding[] {
  const servers = new Set(nodes.filter(({ kind }) => kind === "server").map(({ id }) => id));
  const forwarding = edges.filter(({ source, isCalled }) => nodesComplete && servers.has(source ?? "") && !isCalled);
  const misplaced = forwarding.filter(({ path }) => valueAt(data, [...path, "connection"]) !== undefined);
  const message = "must stand on an edge that requests come over: what a server is done with goes on without";
  return [
    ...checkMemory(data),
    ...checkMemoryOfCallers(data, edges),
    ...edges
      .filter(({ source }) => nodesComplete && !servers.has(source ?? ""))
      .flatMap((edge) => checkCaller(data, edge)),
    ...misplaced.map(({ path }) => ({ path: [...path, "connection"], at: "key" as const, message })),
  ];
}

/** Only servers have memory. */
function checkCaller(data: unknown, { path }: TolerantEdge): readonly Finding[] {
  const at = [...path, "connection", "ram_per_connection_mb"];
  if ((numberAt(data, at) ?? 0) <= 0) return [];
  return [{ path: at, at: "key", message: "must stand on an edge that leaves a server, whose memory it is" }];
}

/** If idle connections could take all the memory, nobody would get what its endpoint needs. */
function checkMemoryOfCallers(data: unknown, edges: readonly TolerantEdge[]): readonly Finding[] {
  return serversOf(data).flatMap(({ id, server }) => {
    const kept = edges
      .filter(({ source }) => source !== undefined && source === id)
      .map(({ path }) => {
        const each_mb = numberAt(data, [...path, "connection", "ram_per_connection_mb"]) ?? 0;
        return { path, each_mb, most: numberAt(data, [...path, "connection", "max_idle"]) ?? DEFAULTS.max_idle };
      })
      .filter(({ each_mb }) => each_mb > 0);
    const kept_mb = kept.reduce((sum, { each_mb, most }) => sum + each_mb * most, 0);
    const ram_mb = numberAt(server, ["server_resources", "ram_mb"]) ?? DEFAULTS.ram_mb;
    const largest_mb = largestNeed(data, server);
    if (ram_mb - kept_mb >= largest_mb) return [];
    const rule = `times max_idle of all edges that leave the server must leave ${showNumber(largest_mb)} MB of ram_mb (${showNumber(ram_mb)}) for an endpoint`;
    return kept.map(({ path, each_mb }) => ({
      path: [...path, "connection", "ram_per_connection_mb"],
      at: "value" as const,
      message: `${rule}: current value is ${showNumber(each_mb)}`,
    }));
  });
}

/** What the endpoint of a server needs that needs most [MB]. */
function largestNeed(data: unknown, server: unknown): number {
  const endpoints = endpointsOf(data).filter((endpoint) => everyStep(endpoint).length <= MAX_STEPS);
  return Math.max(0, ...endpoints.filter((endpoint) => endpoint.server.server === server).map(memoryNeeded));
}

/** If connections could take all the memory, nobody would get what its endpoint needs, and nobody would leave. */
function checkMemory(data: unknown): readonly Finding[] {
  return serversOf(data).flatMap(({ server, path }) => {
    const most = numberAt(server, ["server_resources", "max_connections"]);
    const each_mb = numberAt(server, ["server_resources", "ram_per_connection_mb"]);
    if (most === undefined || each_mb === undefined || each_mb <= 0) return [];
    const largest_mb = largestNeed(data, server);
    const ram_mb = numberAt(server, ["server_resources", "ram_mb"]) ?? DEFAULTS.ram_mb;
    if (ram_mb - most * each_mb >= largest_mb) return [];
    const rule = `times max_connections must leave ${showNumber(largest_mb)} MB of ram_mb (${showNumber(ram_mb)}) for an endpoint`;
    const at = [...path, "server_resources", "ram_per_connection_mb"];
    return [{ path: at, at: "value" as const, message: `${rule}: current value is ${showNumber(each_mb)}` }];
  });
}
