import type { Distribution } from "@loadstar/engine";
import type { Dialect } from "./dialect.js";
import type { Objective } from "./objective.js";
import type { ResolvedRqsInput } from "./resolved-rqs-input.js";
import type { LoadBalancingAlgorithm, SampleMetric } from "./scenario.js";

/**
 * A scenario with every default explicit, one spelling and every distribution decided: what will be simulated, in the
 * words of the file. Keys that have no effect are left out.
 */
export interface ResolvedScenario {
  /** Empty when the file gives none. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly rqs_input: readonly ResolvedRqsInput[];
  readonly topology_graph: {
    readonly nodes: {
      readonly client: { readonly id: string };
      readonly load_balancer: ResolvedLoadBalancer | null;
      readonly servers: readonly ResolvedServer[];
    };
    readonly edges: readonly ResolvedEdge[];
  };
  readonly sim_settings: ResolvedSettings;
  readonly events: readonly ResolvedEvent[];
  readonly objectives: readonly Objective[];
}

/** The load balancer. */
export interface ResolvedLoadBalancer {
  readonly id: string;
  readonly algorithms: LoadBalancingAlgorithm;
}

/** A server with cores and memory [MB]. */
export interface ResolvedServer {
  readonly id: string;
  readonly server_resources: { readonly cpu_cores: number; readonly ram_mb: number };
  readonly endpoints: readonly ResolvedEndpoint[];
}

/** An endpoint and its share of the requests. */
export interface ResolvedEndpoint {
  /** In lower case. */
  readonly endpoint_name: string;
  /** 1 for every endpoint in dialect `asyncflow`. */
  readonly weight: number;
  readonly steps: readonly ResolvedStep[];
}

/** One step, in the short spelling: times [s], memory [MB]. */
export type ResolvedStep =
  | { readonly cpu_s: Distribution }
  | { readonly io_s: Distribution }
  | { readonly ram_mb: number };

/** A directed link. */
export interface ResolvedEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** [s] */
  readonly latency: Distribution;
  readonly dropout_rate: number;
}

/** How long to simulate, what to count, and when to give up. */
export interface ResolvedSettings {
  /** [s] */
  readonly total_simulation_time: number;
  /** [s] */
  readonly warm_up_s: number;
  /** Distance of two samples of AsyncFlow's sampled metrics [s]. */
  readonly sample_period_s: number;
  readonly enabled_sample_metrics: readonly SampleMetric[];
  readonly max_events: number;
  readonly max_live_requests: number;
}

/** In force in [t_start, t_end) [s]; `spike_s` is added to the latency [s]. */
export type ResolvedEvent =
  | {
      readonly event_id: string;
      readonly target_id: string;
      readonly kind: "server_down";
      readonly t_start: number;
      readonly t_end: number;
    }
  | {
      readonly event_id: string;
      readonly target_id: string;
      readonly kind: "network_spike";
      readonly t_start: number;
      readonly t_end: number;
      readonly spike_s: number;
    };
