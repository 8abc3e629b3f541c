import type { Finding } from "../finding.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName } from "../wording/show-value.js";
import { serversOf } from "./endpoints-of.js";
import { listAt, textAt } from "./tolerant-values.js";

const DATABASES: DataPath = ["topology_graph", "nodes", "databases"];

/** Something that may have a queue, and the names of what it answers; undefined where they cannot be read. */
interface Place {
  readonly node: Readonly<Record<string, unknown>>;
  readonly path: DataPath;
  readonly answers: readonly string[] | undefined;
  /** What these are called. */
  readonly kind: "endpoint" | "query";
}

/** A queue before a node that works on everything at once would always be empty, and a cost of what it does not answer has no effect. */
export function checkQueues(data: unknown): readonly Finding[] {
  const places = [...serverPlaces(data), ...databasePlaces(data)];
  return [
    ...places.flatMap(checkLimit),
    ...places.flatMap((place) => checkCosts(place, ["queue"])),
    ...serverPlaces(data).flatMap((place) => checkPools(place)),
    ...databasePlaces(data).flatMap(checkShedding),
  ];
}

function checkLimit({ node, path }: Place): readonly Finding[] {
  if (node["queue"] === undefined || node["concurrency_limit"] !== undefined) return [];
  const message =
    "must stand beside concurrency_limit: without one every request begins at once, and there is nothing to wait for";
  return [{ path: [...path, "queue"], at: "key", message }];
}

function checkCosts({ node, path, answers, kind }: Place, queue: DataPath): readonly Finding[] {
  const costs = valueAt(node, [...queue, "costs"]);
  if (!isMapping(costs) || answers === undefined) return [];
  const unknown = Object.keys(costs).filter((name) => !answers.includes(name.toLowerCase()));
  return unknown.map((name) => {
    const message = `must be the name of ${kind === "query" ? "a query" : "an endpoint"}: current name is ${showName(name)}${didYouMean(name, answers)}`;
    return { path: [...path, ...queue, "costs", name], at: "key", message };
  });
}

/** Those who wait for a unit of a pool of a server are there for one of its endpoints. */
function checkPools(place: Place): readonly Finding[] {
  const semaphores = place.node["semaphores"];
  const names = isMapping(semaphores) ? Object.keys(semaphores) : [];
  const pools = [["server_resources", "thread_pool"], ...names.map((name) => ["semaphores", name])];
  return pools.flatMap((pool) => checkCosts(place, [...pool, "queue"]));
}

function checkShedding({ node, path }: Place): readonly Finding[] {
  if (textAt(node, ["load_shedding", "kind"]) !== "utilization") return [];
  const message = "must be latency at a database: it has no cores whose use could be looked at";
  return [{ path: [...path, "load_shedding", "kind"], at: "value", message }];
}

function serverPlaces(data: unknown): readonly Place[] {
  return serversOf(data).flatMap(({ server, path }) => {
    const endpoints = listAt(server, ["endpoints"]) ?? [];
    const names = endpoints.flatMap((endpoint) => textAt(endpoint, ["endpoint_name"])?.toLowerCase() ?? []);
    const answers = names.length === endpoints.length ? names : undefined;
    const inner = endpoints.flatMap((endpoint, index) =>
      isMapping(endpoint)
        ? [{ node: endpoint, path: [...path, "endpoints", index], answers, kind: "endpoint" as const }]
        : [],
    );
    return [{ node: server, path, answers, kind: "endpoint" as const }, ...inner];
  });
}

function databasePlaces(data: unknown): readonly Place[] {
  return (listAt(data, DATABASES) ?? []).flatMap((node, index) => {
    if (!isMapping(node)) return [];
    const queries = node["queries"];
    const answers = isMapping(queries) ? Object.keys(queries).map((name) => name.toLowerCase()) : undefined;
    return [{ node, path: [...DATABASES, index], answers, kind: "query" as const }];
  });
}
