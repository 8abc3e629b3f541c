import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import { generatorsOf } from "../model/generators-of.js";
import type {
  ResolvedAdmission,
  ResolvedEdge,
  ResolvedEndpoint,
  ResolvedScenario,
  ResolvedServer,
  ResolvedSettings,
} from "../model/resolved-scenario.js";
import type {
  Connection,
  Edge,
  Endpoint,
  Scenario,
  ScenarioEvent,
  Server,
  ServerResources,
  SimulationSettings,
} from "../model/scenario.js";
import { applyTemplates } from "./apply-templates.js";
import { resolveBroker, resolveConsumption } from "./resolve-broker.js";
import { resolveAutoscaler } from "./resolve-autoscaler.js";
import { resolveCache } from "./resolve-cache.js";
import { resolveDetectors, resolveInjector } from "./resolve-detector.js";
import { resolveDatabase } from "./resolve-database.js";
import { eventsOfDeploy, resolveEvent, resolveFault } from "./resolve-disruptions.js";
import { resolveDuration } from "./resolve-distribution.js";
import { policyIn } from "./policy-in.js";
import { resolveLlm } from "./resolve-llm.js";
import { networkIn } from "./resolve-network.js";
import { resolveGenerator } from "./resolve-generator.js";
import { resolveCpuResources, resolveServerCpu } from "./resolve-server-cpu.js";
import { resolvePool } from "./resolve-pool.js";
import { crowdingIn, resolveProtection } from "./resolve-protection.js";
import { resolveSteps } from "./resolve-steps.js";
import { resolveLoadBalancer } from "./resolve-load-balancer.js";

/** How to read the scenario. */
export interface ResolveOptions {
  /** Overrides the dialect that the file gives. */
  readonly dialect?: Dialect;
}

/** Makes every default explicit, writes everything in one spelling and decides every distribution. */
export function resolve(scenario: Scenario, options: ResolveOptions = {}): ResolvedScenario {
  const dialect = options.dialect ?? scenario.dialect ?? DEFAULTS.dialect;
  const { nodes, edges } = scenario.topology_graph;
  const balancers = [nodes.load_balancer ?? [], nodes.load_balancers ?? []].flat();
  const servers = applyTemplates(scenario).topology_graph.nodes.servers.map((server) => resolveServer(server, dialect));
  return {
    name: scenario.name ?? "",
    dialect,
    rqs_input: generatorsOf(scenario).map(({ generator }) => resolveGenerator(generator, dialect)),
    topology_graph: {
      nodes: {
        clients: [nodes.client ?? [], nodes.clients ?? []].flat().map(({ id }) => ({ id })),
        load_balancers: balancers.map(resolveLoadBalancer),
        servers,
        databases: (nodes.databases ?? []).map((database) => resolveDatabase(database, dialect)),
        caches: (nodes.caches ?? []).map((cache) => resolveCache(cache, dialect)),
        llms: (nodes.llms ?? []).map((llm) => resolveLlm(llm, dialect)),
        brokers: (nodes.brokers ?? []).map((broker) => resolveBroker(broker, dialect)),
        externals: (nodes.externals ?? []).map(({ id, response_s, error_ratio }) => ({
          id,
          response_s: resolveDuration(response_s, dialect),
          error_ratio: error_ratio ?? DEFAULTS.error_ratio,
        })),
      },
      edges: edges.map((edge) => resolveEdge(edge, dialect)),
    },
    sim_settings: resolveSettings(scenario.sim_settings),
    events: [
      ...(scenario.events ?? []).flatMap(resolveEvent),
      ...(scenario.deploys ?? []).flatMap((deploy) => eventsOfDeploy(deploy, servers)),
    ],
    faults: (scenario.faults ?? []).map((fault) => resolveFault(fault, dialect)),
    flushes: (scenario.events ?? []).flatMap(resolveFlush),
    detectors: resolveDetectors(scenario),
    objectives: scenario.objectives ?? [],
  };
}

function resolveServer(server: Server, dialect: Dialect): ResolvedServer {
  const {
    id,
    replicas,
    autoscaler,
    balancing,
    zones,
    server_resources: resources,
    cold_start,
    semaphores,
    rate_limits,
    consumes,
    injector,
    endpoints,
  } = server;
  const gate = resolveProtection(server);
  return {
    id,
    group: "",
    replicas: autoscaler?.max ?? replicas ?? null,
    ...(autoscaler === undefined ? {} : { autoscaler: resolveAutoscaler(autoscaler, replicas ?? 1, dialect) }),
    balancing: balancing ?? DEFAULTS.algorithms,
    zones: zones ?? [],
    server_resources: {
      cpu_cores: resources?.cpu_cores ?? DEFAULTS.cpu_cores,
      ram_mb: resources?.ram_mb ?? DEFAULTS.ram_mb,
      thread_pool: resolvePool(resources?.thread_pool ?? DEFAULTS.thread_pool, dialect),
      ...resolveCpuResources(resources ?? {}),
    },
    ...resolveServerCpu(server, dialect),
    semaphores: Object.fromEntries(
      Object.entries(semaphores ?? {}).map(([name, pool]) => [name, resolvePool(pool, dialect)]),
    ),
    ...crowdingIn(server),
    ...(resources?.max_connections === undefined
      ? {}
      : { admission: resolveAdmission(resources.max_connections, resources) }),
    ...(cold_start === undefined
      ? {}
      : {
          cold_start: {
            start_s: resolveDuration(cold_start.start_s, dialect),
            idle_s: cold_start.idle_s ?? DEFAULTS.idle_s,
          },
        }),
    ...(gate === undefined ? {} : { gate }),
    rate_limits: rate_limits ?? [],
    consumes: (consumes ?? []).map((consumption) => resolveConsumption(consumption, dialect)),
    ...(injector === undefined ? {} : { injector: resolveInjector(injector, dialect) }),
    endpoints: endpoints.map((endpoint) => resolveEndpoint(endpoint, server, dialect)),
  };
}

function resolveAdmission(max_connections: number, resources: ServerResources): ResolvedAdmission {
  return {
    max_connections,
    backlog: resources.backlog ?? DEFAULTS.backlog,
    ram_per_connection_mb: resources.ram_per_connection_mb ?? DEFAULTS.ram_per_connection_mb,
  };
}

function resolveEndpoint(endpoint: Endpoint, server: Server, dialect: Dialect): ResolvedEndpoint {
  const gate = resolveProtection(endpoint);
  const deadline_s = endpoint.deadline_s ?? server.deadline_s;
  const weight = endpoint.weight ?? endpoint.probability ?? DEFAULTS.weight;
  return {
    endpoint_name: endpoint.endpoint_name.toLowerCase(),
    weight: dialect === "asyncflow" ? DEFAULTS.weight : weight,
    ...(gate === undefined ? {} : { gate }),
    rate_limits: endpoint.rate_limits ?? [],
    ...(deadline_s === undefined ? {} : { deadline_s }),
    steps: resolveSteps(endpoint.steps, dialect),
  };
}

function resolveEdge(edge: Edge, dialect: Dialect): ResolvedEdge {
  const { id, source, target, latency, response_latency, dropout_rate, loss_ratio, connection } = edge;
  return {
    id,
    source,
    target,
    latency: resolveDuration(latency, dialect),
    response_latency: resolveDuration(response_latency ?? latency, dialect),
    dropout_rate: dropout_rate ?? loss_ratio ?? DEFAULTS.dropout_rate,
    weight: edge.weight ?? DEFAULTS.weight,
    policy: policyIn(edge),
    ...(connection === undefined ? {} : { connection: resolveConnection(connection) }),
    ...networkIn(edge, dialect),
  };
}

function resolveConnection(connection: Connection): Required<Connection> {
  return {
    tcp_round_trips: connection.tcp_round_trips ?? DEFAULTS.tcp_round_trips,
    tls_round_trips: connection.tls_round_trips ?? DEFAULTS.tls_round_trips,
    keep_alive_s: connection.keep_alive_s ?? DEFAULTS.keep_alive_s,
    max_idle: connection.max_idle ?? DEFAULTS.max_idle,
    ram_per_connection_mb: connection.ram_per_connection_mb ?? DEFAULTS.ram_per_connection_mb,
  };
}

function resolveSettings(settings: SimulationSettings): ResolvedSettings {
  return {
    total_simulation_time: settings.total_simulation_time ?? DEFAULTS.total_simulation_time,
    warm_up_s: settings.warm_up_s ?? DEFAULTS.warm_up_s,
    sample_period_s: settings.sample_period_s ?? DEFAULTS.sample_period_s,
    enabled_sample_metrics: settings.enabled_sample_metrics ?? DEFAULTS.enabled_sample_metrics,
    max_events: settings.max_events ?? DEFAULTS.max_events,
    max_live_requests: settings.max_live_requests ?? DEFAULTS.max_live_requests,
    attribution: settings.attribution ?? DEFAULTS.attribution,
    endpoint_metrics: settings.endpoint_metrics ?? DEFAULTS.endpoint_metrics,
    detailed_series: settings.detailed_series ?? DEFAULTS.detailed_series,
  };
}

function resolveFlush({ event_id, target_id, start }: ScenarioEvent): ResolvedScenario["flushes"] {
  return start.kind === "cache_flush" ? [{ event_id, target_id, at_s: start.t_start }] : [];
}
