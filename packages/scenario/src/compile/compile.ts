import type { Plan } from "@loadstar/engine";
import { DEFAULT_SERIES_POINTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { Scenario } from "../model/scenario.js";
import { compileAutoscaler } from "./compile-autoscaler.js";
import { compileLoadBalancer } from "./compile-load-balancer.js";
import { resolve } from "../resolve/resolve.js";
import type { Recorded } from "../recorded/recorded.js";
import { withRecordedColumns } from "../recorded/recorded-columns.js";
import { classesOf } from "./compile-rate-limit.js";
import { compileEdge } from "./compile-edge.js";
import { compileDetector } from "./compile-detector.js";
import { compileGenerator } from "./compile-generator.js";
import { compileBroker, compileBrokerServer } from "./compile-broker.js";
import { compileCacheServer, compileContents, compileHitCurve } from "./compile-cache.js";
import { compileLlm, compileLlmServer, streamedLlms } from "./compile-llm.js";
import { tablesOf } from "./compile-row-lock.js";
import { compileDatabase, compileFailover } from "./compile-database.js";
import { compileExternal, compileServer } from "./compile-server.js";
import { expandDatabases } from "./expand-databases.js";
import type { EdgeTo } from "./compile-steps.js";
import { expandReplicas } from "./expand-replicas.js";
import { compileEvent, compileFault, compileSurges } from "./compile-disruptions.js";

/** What a plan needs beyond the scenario; of what it takes from other files, nothing by default. */
export interface CompileOptions extends Partial<Recorded> {
  /** Width of a cell of the time series [s], 0 for none; by default a 240th of the run. */
  readonly series_cell_s?: number;
  /** Overrides the dialect that the file gives. */
  readonly dialect?: Dialect;
}

/**
 * Compiles a checked scenario to the plan that the engine simulates.
 * @throws {RangeError} when a trace or a column that it names is not handed in.
 */
export function compile(scenario: Scenario, options: CompileOptions = {}): Plan {
  const whole = withRecordedColumns(scenario, options.columns ?? new Map());
  const written = resolve(whole, options.dialect === undefined ? {} : { dialect: options.dialect });
  const autoscalers = written.topology_graph.nodes.servers.flatMap(compileAutoscaler);
  const resolved = expandDatabases(expandReplicas(written));
  const { dialect, sim_settings: settings } = resolved;
  const { nodes, edges } = resolved.topology_graph;
  const callEdges = new Map(edges.map((edge) => [pairKey(edge.source, edge.target), edge]));
  const edgesFrom =
    (source: string): EdgeTo =>
    (called) =>
      callEdges.get(pairKey(source, called)) ?? NO_EDGE;
  const brokers = nodes.brokers.map((broker) => {
    return compileBroker(broker, { servers: nodes.servers, edgeTo: edgesFrom(broker.id) });
  });
  const contents = nodes.caches.flatMap(compileContents);
  const hit_curves = nodes.caches.flatMap(compileHitCurve);
  const flushes = resolved.flushes.map(({ target_id, at_s }) => ({ cache: target_id, at_s }));
  const tables = tablesOf(nodes.servers);
  const generators = resolved.rqs_input.map((generator) =>
    compileGenerator(generator, {
      dialect,
      traces: options.traces ?? new Map(),
      surges: compileSurges(generator.id, resolved.events),
      isSurged: resolved.faults.some(({ kind, targets }) => kind === "traffic_surge" && targets.includes(generator.id)),
    }),
  );
  const classes = classesOf(generators);
  const streamed = streamedLlms(nodes.servers.flatMap(({ endpoints }) => endpoints.flatMap(({ steps }) => steps)));
  const servers = [
    ...nodes.servers.map((server) =>
      compileServer(server, {
        edgeTo: edgesFrom(server.id),
        databases: nodes.databases,
        caches: nodes.caches,
        classes,
      }),
    ),
    ...nodes.databases.flatMap((database) =>
      compileDatabase(database, { tables: tables.get(database.id) ?? [], classes }),
    ),
    ...nodes.caches.map(compileCacheServer),
    ...nodes.llms.map((llm) => compileLlmServer(llm, streamed)),
    ...nodes.brokers.map(compileBrokerServer),
    ...nodes.externals.map(compileExternal),
  ];
  const detectors = resolved.detectors.map((detector) => compileDetector(detector, servers));
  return {
    horizon_s: settings.total_simulation_time,
    warm_up_s: settings.warm_up_s,
    series_cell_s: options.series_cell_s ?? settings.total_simulation_time / DEFAULT_SERIES_POINTS,
    attribution: settings.attribution,
    ...(settings.endpoint_metrics ? { endpoint_metrics: true } : {}),
    ...(settings.detailed_series ? { detailed_series: true } : {}),
    budget: { events: settings.max_events, live_requests: settings.max_live_requests },
    generators,
    clients: nodes.clients,
    load_balancers: [
      ...nodes.load_balancers.map((balancer) => compileLoadBalancer(balancer, resolved)),
      ...nodes.databases.flatMap(compileFailover),
    ],
    servers,
    ...(contents.length === 0 ? {} : { caches: contents }),
    ...(nodes.llms.length === 0 ? {} : { llms: nodes.llms.map(compileLlm) }),
    ...(hit_curves.length === 0 ? {} : { hit_curves }),
    ...(flushes.length === 0 ? {} : { flushes }),
    ...(brokers.length === 0 ? {} : { brokers }),
    edges: edges.map(compileEdge),
    ...(autoscalers.length === 0 ? {} : { autoscalers }),
    disruptions: resolved.events.flatMap(compileEvent),
    ...(resolved.faults.length === 0 ? {} : { faults: resolved.faults.map(compileFault) }),
    ...(detectors.length === 0 ? {} : { detectors }),
  };
}

/** Every call and every consumption has an edge: the check sees to that. */
const NO_EDGE = { id: "", policy: {} };

/** Ids hold no control characters. */
function pairKey(source: string, target: string): string {
  return `${source}\n${target}`;
}
