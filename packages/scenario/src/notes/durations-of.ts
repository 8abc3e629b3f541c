import { endpointsOf } from "../check/endpoints-of.js";
import { everyStep, type PlacedStep } from "../check/every-step.js";
import type { Duration } from "../model/distribution-mapping.js";
import { generatorsOf } from "../model/generators-of.js";
import type { Scenario, Server } from "../model/scenario.js";
import { valueAt, type DataPath } from "../path/data-path.js";

/** A duration and where it stands in the data. */
export interface PlacedDuration {
  readonly path: DataPath;
  readonly duration: Duration;
}

/** Whether it is a number of requests or of tokens: those are read as durations are. */
export function isCount({ path }: PlacedDuration): boolean {
  return COUNTS.has(String(path.at(-1)));
}

const COUNTS: ReadonlySet<string> = new Set(["length", "input_tokens", "output_tokens"]);

/**
 * Every duration of a scenario, with its place: latencies of edges, times of databases, caches, models, brokers, services, of
 * starts and of steps, think times, times to failure and to repair; and the numbers that are read as durations are.
 */
export function durationsOf(scenario: Scenario): readonly PlacedDuration[] {
  const { nodes, edges } = scenario.topology_graph;
  const latencies = edges.flatMap((edge, index) =>
    placedDurations(
      edge,
      ["topology_graph", "edges", index],
      [["latency"], ["response_latency"], ["slow_start", "round_trip_s"]],
    ),
  );
  const externals = (nodes.externals ?? []).flatMap((external, index) =>
    placedDurations(external, ["topology_graph", "nodes", "externals", index], [["response_s"]]),
  );
  const databases = (nodes.databases ?? []).flatMap((database, index) =>
    placedDurations(
      database,
      ["topology_graph", "nodes", "databases", index],
      [
        ["pool", "checkout_timeout_s"],
        ["replicas", "lag_s"],
        ...Object.keys(database.queries).map((name) => ["queries", name, "service_s"]),
      ],
    ),
  );
  const caches = (nodes.caches ?? []).flatMap((cache, index) =>
    placedDurations(cache, ["topology_graph", "nodes", "caches", index], [["hit_s"], ["ttl_s"]]),
  );
  const llms = (nodes.llms ?? []).flatMap((llm, index) =>
    placedDurations(llm, ["topology_graph", "nodes", "llms", index], [["time_to_first_token_s"], ["queue_timeout_s"]]),
  );
  const brokers = (nodes.brokers ?? []).flatMap((broker, index) =>
    placedDurations(broker, ["topology_graph", "nodes", "brokers", index], [["publish_s"]]),
  );
  const faults = (scenario.faults ?? []).flatMap((fault, index) =>
    placedDurations(fault, ["faults", index], [["mtbf_s"], ["mttr_s"]]),
  );
  const thoughts = generatorsOf(scenario).flatMap(({ generator, path }) =>
    placedDurations(generator, path, [
      ["closed", "think_s"],
      ["session", "think_s"],
      ["session", "length"],
    ]),
  );
  const steps = endpointsOf(scenario).flatMap(everyStep).flatMap(durationsOfStep);
  return [
    ...latencies,
    ...databases,
    ...caches,
    ...llms,
    ...brokers,
    ...externals,
    ...nodes.servers.flatMap(durationsOfServer),
    ...thoughts,
    ...steps,
    ...faults,
  ];
}

/** What it does besides answering, its waits for units, and the delays of what it consumes. */
function durationsOfServer(server: Server, index: number): readonly PlacedDuration[] {
  const work = (server.background ?? []).flatMap((_work, position) => [
    ["background", position, "every_s"],
    ["background", position, "cpu_s"],
  ]);
  const pools = Object.keys(server.semaphores ?? {}).map((name) => ["semaphores", name, "timeout_s"]);
  const delays = (server.consumes ?? []).map((_it, position) => ["consumes", position, "redelivery_delay_s"]);
  return placedDurations(
    server,
    ["topology_graph", "nodes", "servers", index],
    [
      ["cold_start", "start_s"],
      ["autoscaler", "startup_s"],
      ["injector", "latency_s"],
      ["pauses", "every_s"],
      ["pauses", "length_s"],
      ["server_resources", "thread_pool", "timeout_s"],
      ...work,
      ...pools,
      ...delays,
    ],
  );
}

const STEP_DURATIONS = [
  ["cpu_s"],
  ["io_s"],
  ["input_tokens"],
  ["output_tokens"],
  ["step_operation", "cpu_time"],
  ["step_operation", "io_waiting_time"],
  ["lock", "wait_timeout_s"],
];

function durationsOfStep({ step, path }: PlacedStep): readonly PlacedDuration[] {
  return placedDurations(step, path, STEP_DURATIONS);
}

/** The values at some places of a checked part of a scenario, which are durations where they are there. */
function placedDurations(part: unknown, path: DataPath, places: readonly DataPath[]): readonly PlacedDuration[] {
  return places.flatMap((place) => {
    const duration = valueAt(part, place);
    return duration === undefined ? [] : [{ path: [...path, ...place], duration: duration as Duration }];
  });
}
