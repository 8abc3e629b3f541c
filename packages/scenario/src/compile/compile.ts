import type { ConnectionPlan, EdgePlan, Plan } from "@loadstar/engine";
import { DEFAULT_SERIES_POINTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedEdge } from "../model/resolved-scenario.js";
import type { Connection, Scenario } from "../model/scenario.js";
import { compileAutoscaler } from "./compile-autoscaler.js";
import { compileLoadBalancer } from "./compile-load-balancer.js";
import { resolve } from "../resolve/resolve.js";
import type { Trace } from "../trace/trace.js";
import { classesOf } from "./compile-rate-limit.js";
import { compileGenerator } from "./compile-generator.js";
import { compileEvent, compileFault, compileSurges } from "./compile-disruptions.js";
import { compileCacheServer, compileContents } from "./compile-cache.js";
import { compileDatabase } from "./compile-database.js";
import { compileExternal, compileServer } from "./compile-server.js";
import { expandReplicas } from "./expand-replicas.js";

/** What a plan needs beyond the scenario. */
export interface CompileOptions {
  /** Width of a cell of the time series [s], 0 for none; by default a 240th of the run. */
  readonly series_cell_s?: number;
  /** Overrides the dialect that the file gives. */
  readonly dialect?: Dialect;
  /** The traces that `traceFilesOf` names, by their files. */
  readonly traces?: ReadonlyMap<string, Trace>;
}

/**
 * Compiles a checked scenario to the plan that the engine simulates.
 * @throws {RangeError} when a trace that it names is not handed in.
 */
export function compile(scenario: Scenario, options: CompileOptions = {}): Plan {
  const written = resolve(scenario, options.dialect === undefined ? {} : { dialect: options.dialect });
  const autoscalers = written.topology_graph.nodes.servers.flatMap(compileAutoscaler);
  const resolved = expandReplicas(written);
  const { dialect, sim_settings: settings } = resolved;
  const { nodes, edges } = resolved.topology_graph;
  const callEdges = new Map(edges.map((edge) => [pairKey(edge.source, edge.target), edge]));
  const contents = nodes.caches.flatMap(compileContents);
  const generators = resolved.rqs_input.map((generator) =>
    compileGenerator(generator, {
      dialect,
      traces: options.traces ?? new Map(),
      surges: compileSurges(generator.id, resolved.events),
    }),
  );
  const classes = classesOf(generators);
  return {
    horizon_s: settings.total_simulation_time,
    warm_up_s: settings.warm_up_s,
    series_cell_s: options.series_cell_s ?? settings.total_simulation_time / DEFAULT_SERIES_POINTS,
    attribution: settings.attribution,
    budget: { events: settings.max_events, live_requests: settings.max_live_requests },
    generators,
    clients: nodes.clients,
    load_balancers: nodes.load_balancers.map((balancer) => compileLoadBalancer(balancer, resolved)),
    servers: [
      ...nodes.servers.map((server) =>
        compileServer(server, {
          edgeTo: (called) => callEdges.get(pairKey(server.id, called)) ?? NO_EDGE,
          databases: nodes.databases,
          caches: nodes.caches,
          classes,
        }),
      ),
      ...nodes.databases.map(compileDatabase),
      ...nodes.caches.map(compileCacheServer),
      ...nodes.externals.map(compileExternal),
    ],
    ...(contents.length === 0 ? {} : { caches: contents }),
    edges: edges.map(compileEdge),
    ...(autoscalers.length === 0 ? {} : { autoscalers }),
    disruptions: resolved.events.flatMap(compileEvent),
    ...(resolved.faults.length === 0 ? {} : { faults: resolved.faults.map(compileFault) }),
  };
}

/** Every call has an edge: the check sees to that. */
const NO_EDGE = { id: "", policy: {} };

/** Ids hold no control characters. */
function pairKey(source: string, target: string): string {
  return `${source}\n${target}`;
}

function compileEdge({
  id,
  source,
  target,
  latency,
  response_latency,
  dropout_rate,
  connection,
}: ResolvedEdge): EdgePlan {
  return {
    id,
    source,
    target,
    latency_s: latency,
    response_latency_s: response_latency,
    dropout_ratio: dropout_rate,
    ...(connection === undefined ? {} : { connection: compileConnection(connection) }),
  };
}

function compileConnection(connection: Required<Connection>): ConnectionPlan {
  const { tcp_round_trips, tls_round_trips, keep_alive_s, max_idle } = connection;
  return { round_trips: tcp_round_trips + tls_round_trips, keep_alive_s, max_idle };
}
