import { endpointsOf } from "../check/endpoints-of.js";
import { memoryNeeded } from "../check/memory-needed.js";
import { findRoutes } from "../check/routes.js";
import { readTopology } from "../check/tolerant-topology.js";
import { numberAt } from "../check/tolerant-values.js";
import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import type { Scenario } from "../model/scenario.js";
import { showName, showNumber } from "../wording/show-value.js";
import { loadBalancersOf } from "./notes-on-load-balancers.js";

/** Parts of the system that cannot work as they stand, or that do nothing. */
export function notesOnTopology(scenario: Scenario): readonly Finding[] {
  return [...unreachableNotes(scenario), ...coverageNotes(scenario), ...memoryNotes(scenario)];
}

function unreachableNotes(scenario: Scenario): readonly Finding[] {
  const topology = readTopology(scenario);
  const { reachable, passedClients } = findRoutes(topology);
  const unreachable = topology.nodes
    .filter(({ id }) => !reachable.has(id))
    .map(({ path, id }) => ({ path, at: "value" as const, message: `no request can reach ${showName(id)}` }));
  const clients = new Set(topology.nodes.filter(({ kind }) => kind === "client").map(({ id }) => id));
  const idle = topology.edges.filter(({ source = "" }) => clients.has(source) && !passedClients.has(source));
  const message = "no request takes this edge: no generator leads to its source";
  return [...unreachable, ...idle.map(({ path }) => ({ path, at: "value" as const, message }))];
}

/** Servers that a load balancer reaches although a list of covered servers leaves them out. */
function coverageNotes(scenario: Scenario): readonly Finding[] {
  return loadBalancersOf(scenario).flatMap(({ path, balancer }) => {
    const key = balancer.targets === undefined ? "server_covered" : "targets";
    const covered = balancer[key] ?? [];
    if (covered.length === 0) return [];
    const { edges } = scenario.topology_graph;
    const extra = edges.filter(({ source, target }) => source === balancer.id && !covered.includes(target));
    return extra.map(({ target }) => ({
      path: [...path, key],
      at: "value" as const,
      message: `server ${showName(target)} is not covered and gets requests all the same, by its edge`,
    }));
  });
}

function memoryNotes(scenario: Scenario): readonly Finding[] {
  return endpointsOf(scenario).flatMap((endpoint) => {
    const { server, id = "" } = endpoint.server;
    const available_mb = numberAt(server, ["server_resources", "ram_mb"]) ?? DEFAULTS.ram_mb;
    const needed_mb = memoryNeeded(endpoint);
    if (needed_mb <= available_mb) return [];
    const message =
      `endpoint needs ${showNumber(needed_mb)} MB and ${showName(id)} has ${showNumber(available_mb)} MB: ` +
      "its requests wait for ever and block all behind them";
    return [{ path: endpoint.path.slice(0, -1), at: "value" as const, message }];
  });
}
