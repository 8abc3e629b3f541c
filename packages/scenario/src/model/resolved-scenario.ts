import type { CrowdingPlan, Distribution, GatePlan, PoolPlan, PoolQueuePlan, Scheduling } from "@loadstar/engine";
import type { PolicyKeys } from "./call-policy.js";
import type { QueryAccess } from "./database.js";
import type { Eviction, PopularityShift, WarmUp } from "./cache.js";
import type { RateLimit } from "./rate-limit.js";
import type { Dialect } from "./dialect.js";
import type { Objective } from "./objective.js";
import type { HealthCheck, LoadBalancingAlgorithm, OutlierEjection } from "./load-balancer.js";
import type { ResolvedLlm } from "./resolved-llm.js";
import type { ResolvedNetwork } from "./resolved-network.js";
import type { ResolvedBroker, ResolvedConsumption } from "./resolved-broker.js";
import type { ResolvedAutoscaler } from "./resolved-autoscaler.js";
import type { ResolvedDetector, ResolvedInjector } from "./resolved-detector.js";
import type { ResolvedRqsInput } from "./resolved-rqs-input.js";
import type { ResolvedStep } from "./resolved-step.js";
import type { Connection, SampleMetric } from "./scenario.js";
import type { CpuQuota } from "./server-cpu.js";

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
      readonly databases: readonly ResolvedDatabase[];
      readonly caches: readonly ResolvedCache[];
      readonly llms: readonly ResolvedLlm[];
      readonly brokers: readonly ResolvedBroker[];
      readonly externals: readonly ResolvedExternal[];
    };
    readonly edges: readonly ResolvedEdge[];
  };
  readonly sim_settings: ResolvedSettings;
  readonly events: readonly ResolvedEvent[];
  /** When caches are emptied [s]. */
  readonly flushes: readonly { readonly event_id: string; readonly target_id: string; readonly at_s: number }[];
  readonly detectors: readonly ResolvedDetector[];
  readonly faults: readonly ResolvedFault[];
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

/** A pool of a server, whose name is known by where it stands. */
export type ResolvedPool = Omit<PoolPlan, "name">;

/** A server with cores and memory [MB], or a set of equal ones. */
export interface ResolvedServer {
  readonly id: string;
  /** Id of the set that it is a replica of; empty for none. */
  readonly group: string;
  /** Number of its replicas, of which an autoscaler may let only some run; null for a single server. */
  readonly replicas: number | null;
  readonly autoscaler?: ResolvedAutoscaler;
  readonly balancing: LoadBalancingAlgorithm;
  /** The zones of its replicas, in turn; at most one for a single server. */
  readonly zones: readonly string[];
  readonly server_resources: {
    readonly cpu_cores: number;
    readonly ram_mb: number;
    readonly thread_pool: ResolvedPool;
    /** Null for none. */
    readonly event_loops: number | null;
    readonly accept: "shared" | "kernel";
    /** Null for no limit. */
    readonly threads: number | null;
    readonly cpu_quota: Required<CpuQuota> | null;
  };
  readonly scheduling: Scheduling;
  /** Null for none. */
  readonly pauses: ResolvedPauses | null;
  readonly background: readonly ResolvedBackground[];
  /** By name. */
  readonly semaphores: Readonly<Record<string, ResolvedPool>>;
  /** Absent where its requests are not in each other's way. */
  readonly crowding?: CrowdingPlan;
  /** Absent when everybody is let in. */
  readonly admission?: ResolvedAdmission;
  /** Absent when it is always warm. */
  readonly cold_start?: ResolvedColdStart;
  /** Absent when every request begins at once. */
  readonly gate?: GatePlan;
  readonly rate_limits: readonly RateLimit[];
  readonly consumes: readonly ResolvedConsumption[];
  /** Absent when nothing befalls its requests. */
  readonly injector?: ResolvedInjector;
  readonly endpoints: readonly ResolvedEndpoint[];
}

/** How many requests a server lets in. */
export interface ResolvedAdmission {
  readonly max_connections: number;
  readonly backlog: number;
  readonly ram_per_connection_mb: number;
}

/** How long a server takes to start [s], and when it must [s]. */
export interface ResolvedColdStart {
  readonly start_s: Distribution;
  readonly idle_s: number;
}

/** A database, and the connections of each server that asks it. */
export interface ResolvedDatabase {
  readonly id: string;
  /** Null where a connection is always free; no limit of a wait [s] is null too. */
  readonly pool: {
    readonly size: number;
    readonly checkout_timeout_s: Distribution | null;
    readonly queue?: PoolQueuePlan;
  } | null;
  /** Null for no limit. */
  readonly workers: number | null;
  /** Absent when every query begins at once. */
  readonly gate?: GatePlan;
  readonly rate_limits: readonly RateLimit[];
  /** Absent where queries are not in each other's way. */
  readonly crowding?: CrowdingPlan;
  /** Null for none; the lag in [s]. */
  readonly replicas: {
    readonly count: number;
    readonly balancing: "round_robin" | "least_outstanding";
    readonly lag_s: Distribution;
  } | null;
  /** Null when no replica ever takes its place [s]. */
  readonly failover_s: number | null;
  /** By name; times in [s]. */
  readonly queries: Readonly<Record<string, { readonly access: QueryAccess; readonly service_s: Distribution }>>;
}

/** A cache, with contents or with a known share of hits. */
export type ResolvedCache = {
  readonly id: string;
  /** [s]; null for none. */
  readonly hit_s: Distribution | null;
} & (
  | { readonly hit_ratio: number | WarmUp }
  | {
      /** Keys are numbered from 1. */
      readonly keys: {
        readonly count: number;
        readonly popularity: Distribution;
        readonly shift: PopularityShift | null;
      };
      /** Null for no limit; neither has the time to live [s] one. */
      readonly capacity: number | null;
      readonly eviction: Eviction;
      readonly ttl_s: Distribution | null;
      readonly renew_on_hit: boolean;
      readonly coalesce: boolean;
      /** Null where memory is not measured. */
      readonly entry_kb: number | null;
    }
);

/** Stops of the CPU [s]. */
export interface ResolvedPauses {
  readonly every_s: Distribution;
  readonly length_s: Distribution;
}

/** CPU work of the server's own [s]. */
export interface ResolvedBackground {
  readonly name: string;
  readonly every_s: Distribution;
  readonly cpu_s: Distribution;
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
  /** Absent when every request begins as soon as the server lets it. */
  readonly gate?: GatePlan;
  readonly rate_limits: readonly RateLimit[];
  /** [s] */
  readonly deadline_s?: number;
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
  /** Absent when messages need no connection. */
  readonly connection?: Required<Connection>;
  /** Absent when it only delays and loses messages. */
  readonly network?: ResolvedNetwork;
  /** Id of the edge that it is one of the copies of; absent for one that is written so. */
  readonly group?: string;
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
  readonly attribution: boolean;
  readonly endpoint_metrics: boolean;
  readonly detailed_series: boolean;
}

/** What is wrong; see `EffectKeys`. */
export type ResolvedEffect =
  | { readonly kind: "server_down" | "crash" }
  | { readonly kind: "slow_down"; readonly factor: number; readonly io_factor?: number }
  | { readonly kind: "error_spike"; readonly error_ratio: number }
  /** Null for all units. */
  | { readonly kind: "pool_exhaustion"; readonly pool: string; readonly units: number | null }
  | { readonly kind: "gc_storm"; readonly factor: number; readonly length_factor: number }
  | { readonly kind: "traffic_surge"; readonly factor: number }
  | { readonly kind: "network_spike"; readonly spike_s: number }
  | {
      readonly kind: "network_degraded";
      readonly loss_ratio: number;
      readonly bandwidth_ratio: number;
      readonly spike_s: number;
    }
  | { readonly kind: "network_partition" }
  /** One of them at least does something. */
  | { readonly kind: "brown_out"; readonly factor: number; readonly io_factor: number; readonly error_ratio: number }
  | { readonly kind: "memory_leak"; readonly mb_per_s: number; readonly mb_per_request: number };

/** In force in [t_start, t_end) [s]. */
export type ResolvedEvent = ResolvedEffect & {
  readonly event_id: string;
  readonly target_id: string;
  readonly t_start: number;
  readonly t_end: number;
};

/** In force and not in turns, by chance [s]. */
export type ResolvedFault = (ResolvedEffect | { readonly kind: "cache_flush" }) & {
  readonly fault_id: string;
  readonly target_id: string;
  /** What it happens to, all at once: the target, or the servers that it stands for. */
  readonly targets: readonly string[];
  readonly correlated: boolean;
  readonly mtbf_s: Distribution;
  /** Null for what is over at once. */
  readonly mttr_s: Distribution | null;
};
