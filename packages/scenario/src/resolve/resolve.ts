import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import { generatorsOf } from "../model/generators-of.js";
import type {
  ResolvedEndpoint,
  ResolvedEvent,
  ResolvedScenario,
  ResolvedServer,
  ResolvedSettings,
  ResolvedStep,
} from "../model/resolved-scenario.js";
import type { Endpoint, Scenario, ScenarioEvent, Server, SimulationSettings, Step } from "../model/scenario.js";
import { resolveDuration } from "./resolve-distribution.js";
import { resolveGenerator } from "./resolve-generator.js";

/** How to read the scenario. */
export interface ResolveOptions {
  /** Overrides the dialect that the file gives. */
  readonly dialect?: Dialect;
}

/** Makes every default explicit, writes everything in one spelling and decides every distribution. */
export function resolve(scenario: Scenario, options: ResolveOptions = {}): ResolvedScenario {
  const dialect = options.dialect ?? scenario.dialect ?? DEFAULTS.dialect;
  const { nodes, edges } = scenario.topology_graph;
  const balancer = nodes.load_balancer ?? undefined;
  return {
    name: scenario.name ?? "",
    dialect,
    rqs_input: generatorsOf(scenario).map(({ generator }) => resolveGenerator(generator, dialect)),
    topology_graph: {
      nodes: {
        client: { id: nodes.client.id },
        load_balancer:
          balancer === undefined ? null : { id: balancer.id, algorithms: balancer.algorithms ?? DEFAULTS.algorithms },
        servers: nodes.servers.map((server) => resolveServer(server, dialect)),
      },
      edges: edges.map(({ id, source, target, latency, dropout_rate }) => ({
        id,
        source,
        target,
        latency: resolveDuration(latency, dialect),
        dropout_rate: dropout_rate ?? DEFAULTS.dropout_rate,
      })),
    },
    sim_settings: resolveSettings(scenario.sim_settings),
    events: (scenario.events ?? []).map(resolveEvent),
    objectives: scenario.objectives ?? [],
  };
}

function resolveServer({ id, server_resources, endpoints }: Server, dialect: Dialect): ResolvedServer {
  return {
    id,
    server_resources: {
      cpu_cores: server_resources?.cpu_cores ?? DEFAULTS.cpu_cores,
      ram_mb: server_resources?.ram_mb ?? DEFAULTS.ram_mb,
    },
    endpoints: endpoints.map((endpoint) => resolveEndpoint(endpoint, dialect)),
  };
}

function resolveEndpoint(endpoint: Endpoint, dialect: Dialect): ResolvedEndpoint {
  const weight = endpoint.weight ?? endpoint.probability ?? DEFAULTS.weight;
  return {
    endpoint_name: endpoint.endpoint_name.toLowerCase(),
    weight: dialect === "asyncflow" ? DEFAULTS.weight : weight,
    steps: endpoint.steps.map((step) => resolveStep(step, dialect)),
  };
}

function resolveStep(step: Step, dialect: Dialect): ResolvedStep {
  if ("cpu_s" in step) return { cpu_s: resolveDuration(step.cpu_s, dialect) };
  if ("io_s" in step) return { io_s: resolveDuration(step.io_s, dialect) };
  if ("ram_mb" in step) return { ram_mb: step.ram_mb };
  const { step_operation: operation } = step;
  if ("cpu_time" in operation) return { cpu_s: resolveDuration(operation.cpu_time, dialect) };
  if ("io_waiting_time" in operation) return { io_s: resolveDuration(operation.io_waiting_time, dialect) };
  return { ram_mb: operation.necessary_ram };
}

function resolveSettings(settings: SimulationSettings): ResolvedSettings {
  return {
    total_simulation_time: settings.total_simulation_time ?? DEFAULTS.total_simulation_time,
    warm_up_s: settings.warm_up_s ?? DEFAULTS.warm_up_s,
    sample_period_s: settings.sample_period_s ?? DEFAULTS.sample_period_s,
    enabled_sample_metrics: settings.enabled_sample_metrics ?? DEFAULTS.enabled_sample_metrics,
    max_events: settings.max_events ?? DEFAULTS.max_events,
    max_live_requests: settings.max_live_requests ?? DEFAULTS.max_live_requests,
  };
}

function resolveEvent({ event_id, target_id, start, end }: ScenarioEvent): ResolvedEvent {
  const window = { event_id, target_id, t_start: start.t_start, t_end: end.t_end };
  return start.kind === "server_down"
    ? { ...window, kind: "server_down" }
    : { ...window, kind: "network_spike", spike_s: start.spike_s ?? 0 };
}
