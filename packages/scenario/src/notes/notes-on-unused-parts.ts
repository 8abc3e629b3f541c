import { endpointsOf, serversOf } from "../check/endpoints-of.js";
import { everyStep } from "../check/every-step.js";
import { findRoutes } from "../check/routes.js";
import { readTopology } from "../check/tolerant-topology.js";
import { textAt } from "../check/tolerant-values.js";
import type { Finding } from "../finding.js";
import { notesOnBrokers } from "./notes-on-brokers.js";
import { generatorsOf } from "../model/generators-of.js";
import type { Scenario } from "../model/scenario.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName } from "../wording/show-value.js";

/** What stands in a scenario and is not used, and edges that may have been forgotten. */
export function notesOnUnusedParts(scenario: Scenario): readonly Finding[] {
  return [
    ...poolNotes(scenario),
    ...queryNotes(scenario),
    ...classNotes(scenario),
    ...limitNotes(scenario),
    ...balancingNotes(scenario),
    ...answerNotes(scenario),
    ...notesOnBrokers(scenario),
  ];
}

function queryNotes(scenario: Scenario): readonly Finding[] {
  const { calls } = readTopology(scenario);
  return (scenario.topology_graph.nodes.databases ?? []).flatMap(({ id, queries }, index) => {
    const asked = new Set(calls.filter(({ target }) => target === id).map(({ endpoint }) => endpoint));
    const idle = Object.keys(queries).filter((name) => asked.size > 0 && !asked.has(name));
    const path = ["topology_graph", "nodes", "databases", index, "queries"];
    return idle.map((name) => note([...path, name], `no step asks query ${showName(name)} of ${showName(id)}`));
  });
}

function poolNotes(scenario: Scenario): readonly Finding[] {
  const endpoints = endpointsOf(scenario);
  return serversOf(scenario).flatMap(({ server, path }) => {
    const steps = endpoints.filter((endpoint) => endpoint.server.server === server).flatMap(everyStep);
    const semaphores = isMapping(server["semaphores"]) ? Object.keys(server["semaphores"]) : [];
    const idle = semaphores.filter((name) => !steps.some(({ step }) => step["semaphore"] === name));
    const offloads = steps.some(({ step }) => step["offload"] !== undefined);
    const threads = valueAt(server, ["server_resources", "thread_pool"]);
    return [
      ...idle.map((name) => note([...path, "semaphores", name], `no step holds semaphore ${showName(name)}`)),
      ...(threads === undefined || offloads
        ? []
        : [note([...path, "server_resources", "thread_pool"], "thread_pool has no effect: no step is offloaded")]),
    ];
  });
}

/** Ways of a branch for a class that no generator gives its requests. */
function classNotes(scenario: Scenario): readonly Finding[] {
  const classes = classesOf(scenario);
  return endpointsOf(scenario)
    .flatMap(everyStep)
    .flatMap(({ step, path }) => {
      const ways = step["branch"];
      if (!Array.isArray(ways)) return [];
      return ways.flatMap((way: unknown, index) => {
        const name = textAt(way, ["class"]);
        if (name === undefined || classes.includes(name)) return [];
        const message = `no request goes this way: no generator has class ${showName(name)}${didYouMean(name, classes)}`;
        return [{ path: [...path, "branch", index, "class"], at: "value" as const, message }];
      });
    });
}

/** Rate limits for a class that no generator gives its requests. */
function limitNotes(scenario: Scenario): readonly Finding[] {
  const classes = classesOf(scenario);
  const { servers, databases = [] } = scenario.topology_graph.nodes;
  const nodes: DataPath = ["topology_graph", "nodes"];
  const places = [
    ...servers.flatMap((server, index) => [
      { limits: server.rate_limits, path: [...nodes, "servers", index] },
      ...server.endpoints.map((endpoint, k) => {
        return { limits: endpoint.rate_limits, path: [...nodes, "servers", index, "endpoints", k] };
      }),
    ]),
    ...databases.map(({ rate_limits }, index) => ({ limits: rate_limits, path: [...nodes, "databases", index] })),
  ];
  return places.flatMap(({ limits = [], path }) => {
    return limits.flatMap(({ class: name }, index) => {
      if (name === undefined || classes.includes(name)) return [];
      const message = `the limit has no effect: no generator has class ${showName(name)}${didYouMean(name, classes)}`;
      return [{ path: [...path, "rate_limits", index, "class"], at: "value" as const, message }];
    });
  });
}

function classesOf(scenario: Scenario): readonly string[] {
  const mixes = generatorsOf(scenario).flatMap(({ generator }) => generator.mix ?? []);
  return [...new Set(mixes.flatMap((item) => item.class ?? []))];
}

function balancingNotes({ topology_graph: { nodes, edges } }: Scenario): readonly Finding[] {
  return nodes.servers.flatMap(({ id, balancing }, index) => {
    const isEntered = edges.some(({ source, target }) => target === id && source !== nodes.load_balancer?.id);
    if (balancing === undefined || isEntered) return [];
    const message = "balancing has no effect: only a load balancer leads to the set, and chooses by itself";
    return [note(["topology_graph", "nodes", "servers", index, "balancing"], message)];
  });
}

/** Where servers pass on what they are done with, one that answers instead may lack an edge. */
function answerNotes(scenario: Scenario): readonly Finding[] {
  const { nodes, edges } = readTopology(scenario);
  const { sent } = findRoutes({ nodes, edges });
  const passing = new Set(edges.filter(({ isCalled }) => !isCalled).map(({ source }) => source));
  const servers = nodes.filter(({ kind, id }) => kind === "server" && sent.has(id));
  const example = servers.find(({ id }) => passing.has(id));
  if (example === undefined) return [];
  return servers
    .filter(({ id }) => !passing.has(id))
    .map(({ id, path }) => {
      const message =
        `no edge leads on from ${showName(id)}, as one does from ${showName(example.id)}: it answers, and its answers ` +
        "go back the way that the requests came";
      return { path, at: "value" as const, message };
    });
}

function note(path: DataPath, message: string): Finding {
  return { path, at: "key", message };
}
