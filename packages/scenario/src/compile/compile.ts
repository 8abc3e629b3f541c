import type { DisruptionPlan, EdgePlan, EndpointPlan, LoadBalancerPlan, Plan, StepPlan } from "@loadstar/engine";
import { DEFAULT_SERIES_POINTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type {
  ResolvedEdge,
  ResolvedEndpoint,
  ResolvedEvent,
  ResolvedLoadBalancer,
  ResolvedStep,
} from "../model/resolved-scenario.js";
import type { Scenario } from "../model/scenario.js";
import { resolve } from "../resolve/resolve.js";
import { compileGenerator } from "./compile-generator.js";

/** What a plan needs beyond the scenario. */
export interface CompileOptions {
  /** Width of a cell of the time series [s], 0 for none; by default a 240th of the run. */
  readonly series_cell_s?: number;
  /** Overrides the dialect that the file gives. */
  readonly dialect?: Dialect;
}

/** Compiles a checked scenario to the plan that the engine simulates. */
export function compile(scenario: Scenario, options: CompileOptions = {}): Plan {
  const resolved = resolve(scenario, options.dialect === undefined ? {} : { dialect: options.dialect });
  const { dialect, sim_settings: settings } = resolved;
  const { nodes, edges } = resolved.topology_graph;
  return {
    horizon_s: settings.total_simulation_time,
    warm_up_s: settings.warm_up_s,
    series_cell_s: options.series_cell_s ?? settings.total_simulation_time / DEFAULT_SERIES_POINTS,
    budget: { events: settings.max_events, live_requests: settings.max_live_requests },
    generators: resolved.rqs_input.map((generator) => compileGenerator(generator, dialect)),
    clients: [{ id: nodes.client.id }],
    load_balancers: nodes.load_balancer === null ? [] : [compileLoadBalancer(nodes.load_balancer, dialect)],
    servers: nodes.servers.map(({ id, server_resources, endpoints }) => ({
      id,
      group: "",
      zone: "",
      cpu_cores: server_resources.cpu_cores,
      ram_mb: server_resources.ram_mb,
      pools: [],
      endpoints: endpoints.map(compileEndpoint),
    })),
    edges: edges.map(compileEdge),
    disruptions: resolved.events.map(compileEvent),
  };
}

function compileLoadBalancer({ id, algorithms }: ResolvedLoadBalancer, dialect: Dialect): LoadBalancerPlan {
  if (algorithms === "round_robin") return { id, algorithm: "round_robin" };
  return { id, algorithm: dialect === "asyncflow" ? "least_in_transit" : "least_outstanding" };
}

function compileEndpoint({ endpoint_name, weight, steps }: ResolvedEndpoint): EndpointPlan {
  return {
    name: endpoint_name,
    weight,
    ram_mb: steps.reduce((sum, step) => ("ram_mb" in step ? sum + step.ram_mb : sum), 0),
    steps: steps.flatMap(compileStep),
  };
}

/** Memory is no step of the plan: it is reserved for the whole endpoint. */
function compileStep(step: ResolvedStep): readonly StepPlan[] {
  if ("cpu_s" in step) return [{ kind: "cpu", duration_s: step.cpu_s }];
  return "io_s" in step ? [{ kind: "io", duration_s: step.io_s }] : [];
}

function compileEdge({ id, source, target, latency, dropout_rate }: ResolvedEdge): EdgePlan {
  return { id, source, target, latency_s: latency, response_latency_s: latency, dropout_ratio: dropout_rate };
}

function compileEvent(event: ResolvedEvent): DisruptionPlan {
  const window = { target: event.target_id, start_s: event.t_start, end_s: event.t_end };
  return event.kind === "server_down"
    ? { kind: "server_down", ...window }
    : { kind: "network_spike", ...window, spike_s: event.spike_s };
}
