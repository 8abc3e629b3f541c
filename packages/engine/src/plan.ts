import type { Distribution } from "./random/distribution.js";

/**
 * What the engine simulates: plain data, every default filled in, every reading decided. It is what a scenario
 * compiles to, and it crosses to a worker by structured clone. Times are simulated seconds [s]; ids are unique over
 * all nodes and edges, because random streams and metrics are named after them.
 */
export interface Plan {
  /** The run covers [0, horizon_s]. */
  readonly horizon_s: number;
  /** Statistics cover [warm_up_s, horizon_s]: requests generated earlier are simulated and not counted. */
  readonly warm_up_s: number;
  /** Width of a cell of the time series [s], cells starting at 0 and the last one ending at the horizon; 0 for none. */
  readonly series_cell_s: number;
  readonly budget: Budget;
  readonly generators: readonly GeneratorPlan[];
  readonly clients: readonly ClientPlan[];
  readonly load_balancers: readonly LoadBalancerPlan[];
  readonly servers: readonly ServerPlan[];
  readonly edges: readonly EdgePlan[];
  readonly disruptions: readonly DisruptionPlan[];
}

/** Bounds of one run; a run that would pass one ends with outcome `truncated`. */
export interface Budget {
  readonly events: number;
  readonly live_requests: number;
}

/**
 * An open source of requests. Every `window_s` the number of active users is drawn anew; within a window requests are
 * Poisson with rate users x `requests_per_user_per_s`.
 */
export interface GeneratorPlan {
  readonly id: string;
  readonly users: Distribution;
  readonly requests_per_user_per_s: number;
  readonly window_s: number;
  /**
   * `exact`: arrivals are Poisson with the rate of the window they fall in. `asyncflow`: a gap that crosses the end of
   * a window is thrown away and advances the window but not the clock, as AsyncFlow 0.1.1 does.
   */
  readonly window_end: "exact" | "asyncflow";
}

/** Where a request enters the system, and where it is complete when it comes back. */
export interface ClientPlan {
  readonly id: string;
}

/** Chooses one of its edges, its members, for every request. */
export type LoadBalancerPlan = BalancingOptions & BalancingAlgorithm & { readonly id: string };

/**
 * How a load balancer chooses among the members that are available. Lists have one item for each edge that leaves it, in the
 * plan's order.
 *
 * `round_robin` rotates. `weighted` does too, each member as often as its weight says (smooth, as nginx does). `random` and
 * `weighted_random` draw. `least_outstanding` takes the member with the fewest requests sent and not yet finished, ties in
 * rotation. `least_in_transit` counts only messages on the edge and gives ties to the first, as AsyncFlow 0.1.1 does.
 * `power_of_two` draws some candidates and takes the one with the fewest outstanding, `peak_ewma` the one whose moving average of
 * response times promises the quickest answer. `consistent_hash` sends equal keys to the same member unless its load is more
 * than `load_factor` times the mean. `locality` rotates over local members, over the others while no local one is available.
 */
export type BalancingAlgorithm =
  | { readonly algorithm: "round_robin" | "random" | "least_outstanding" | "least_in_transit" }
  | { readonly algorithm: "weighted" | "weighted_random"; readonly weights: readonly number[] }
  | { readonly algorithm: "power_of_two"; readonly choices: number }
  | { readonly algorithm: "peak_ewma"; readonly choices: number; readonly decay_s: number }
  | {
      readonly algorithm: "consistent_hash";
      /** >= 1; Infinity for no bound. */
      readonly load_factor: number;
      /** Places on the ring of each member. */
      readonly virtual_nodes: number;
      /** The whole part of each variate is the key of a request. */
      readonly keys: Distribution;
    }
  | { readonly algorithm: "locality"; readonly local: readonly boolean[] };

/** What a load balancer knows of its members, and when. What is left out does not take place. */
export interface BalancingOptions {
  /** A member that comes back gets a share that grows linearly for this long [s]. */
  readonly slow_start_s?: number;
  /** Outstanding requests are seen as they were at the last multiple of this time [s]. */
  readonly signal_refresh_s?: number;
  readonly health_check?: HealthCheckPlan;
  readonly outlier_ejection?: OutlierEjectionPlan;
}

/**
 * Probes at the multiples of `interval_s`. After `eject_after` of them in a row that found a server down it gets no more requests, and
 * again some after `return_after` in a row that found it up. Without this and without an outlier ejection, a load balancer knows
 * at once which servers are down, and what it has sent before is served; with one of them, a server that is down
 * fails what arrives.
 */
export interface HealthCheckPlan {
  readonly interval_s: number;
  readonly eject_after: number;
  readonly return_after: number;
}

/**
 * A member gets no requests for `base_ejection_s` after `consecutive_errors` requests in a row failed, k times as long the k-th
 * time without a success in between. At most the whole part of `max_ejected_ratio` times the members are out at a time.
 */
export interface OutlierEjectionPlan {
  readonly consecutive_errors: number;
  readonly base_ejection_s: number;
  readonly max_ejected_ratio: number;
}

/** An event-loop server with `cpu_cores` tokens and `ram_mb` of memory [MB]. */
export interface ServerPlan {
  readonly id: string;
  readonly cpu_cores: number;
  readonly ram_mb: number;
  readonly endpoints: readonly EndpointPlan[];
}

export interface EndpointPlan {
  readonly name: string;
  /** Chosen with probability weight / sum of weights. */
  readonly weight: number;
  /** Reserved as a whole before the first step and returned when the request leaves [MB]. */
  readonly ram_mb: number;
  readonly steps: readonly StepPlan[];
}

export interface StepPlan {
  /** `cpu` holds a core; `io` gives it back and waits. */
  readonly kind: "cpu" | "io";
  readonly duration_s: Distribution;
}

/** A directed link. Each node but a load balancer has at most one edge that leaves it. */
export interface EdgePlan {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly latency_s: Distribution;
  /** Probability that a message is lost, range [0, 1]. */
  readonly dropout_ratio: number;
}

/**
 * Something that happens at a known time. `spike_s` is added to the latency of every message sent in
 * [start_s, end_s); overlapping spikes add up, and a server is up again when its last outage has ended.
 */
export type DisruptionPlan =
  | {
      readonly kind: "server_down";
      readonly target: string;
      readonly start_s: number;
      readonly end_s: number;
    }
  | {
      readonly kind: "network_spike";
      readonly target: string;
      readonly start_s: number;
      readonly end_s: number;
      readonly spike_s: number;
    };
