import type { Distribution } from "@loadstar/engine";
import type { PolicyKeys } from "./call-policy.js";
import type { RateLimit } from "./rate-limit.js";
import type { Dialect } from "./dialect.js";
import type { Objective } from "./objective.js";
import type { HealthCheck, LoadBalancingAlgorithm, OutlierEjection } from "./load-balancer.js";
import type { ResolvedRqsInput } from "./resolved-rqs-input.js";
import type { ResolvedStep } from "./resolved-step.js";
import type { SampleMetric } from "./scenario.js";

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
      readonly clients: readonly { readonly id: string }[];
      readonly load_balancers: readonly ResolvedLoadBalancer[];
      readonly servers: readonly ResolvedServer[];
      readonly externals: readonly ResolvedExternal[];
    };
    readonly edges: readonly ResolvedEdge[];
  };
  readonly sim_settings: ResolvedSettings;
  readonly events: readonly ResolvedEvent[];
  readonly objectives: readonly Objective[];
}

/** A load balancer; keys that its algorithm does not know are absent, and so is what does not take place. */
export interface ResolvedLoadBalancer {
  readonly id: string;
  readonly algorithms: LoadBalancingAlgorithm;
  readonly zone?: string;
  readonly choices?: number;
  /** [s] */
  readonly decay_s?: number;
  readonly load_factor?: number;
  readonly virtual_nodes?: number;
  /** The whole part of each variate is the key of a request. */
  readonly keys?: Distribution;
  /** [s] */
  readonly slow_start_s?: number;
  /** [s] */
  readonly signal_refresh_s?: number;
  readonly health_check?: Required<HealthCheck>;
  readonly outlier_ejection?: Required<OutlierEjection>;
}

/** A server with cores and memory [MB], or a set of equal ones. */
export interface ResolvedServer {
  readonly id: string;
  /** Id of the set that it is a replica of; empty for none. */
  readonly group: string;
  /** Number of its replicas; null for a single server. */
  readonly replicas: number | null;
  readonly balancing: LoadBalancingAlgorithm;
  /** The zones of its replicas, in turn; at most one for a single server. */
  readonly zones: readonly string[];
  readonly server_resources: {
    readonly cpu_cores: number;
    readonly ram_mb: number;
    readonly thread_pool: number;
  };
  /** Name to number of units. */
  readonly semaphores: Readonly<Record<string, number>>;
  readonly rate_limits: readonly RateLimit[];
  readonly endpoints: readonly ResolvedEndpoint[];
}

/** A service without limits. */
export interface ResolvedExternal {
  readonly id: string;
  /** [s] */
  readonly response_s: Distribution;
  readonly error_ratio: number;
}

/** An endpoint and its share of the requests. */
export interface ResolvedEndpoint {
  /** In lower case. */
  readonly endpoint_name: string;
  /** 1 for every endpoint in dialect `asyncflow`. */
  readonly weight: number;
  readonly steps: readonly ResolvedStep[];
}

/** A directed link. */
export interface ResolvedEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** [s] */
  readonly latency: Distribution;
  /** Of an answer [s]. */
  readonly response_latency: Distribution;
  readonly dropout_rate: number;
  /** Of the calls over it. */
  readonly policy: PolicyKeys;
  /** For load balancers that weigh their edges. */
  readonly weight: number;
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
