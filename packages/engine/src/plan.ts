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

export interface LoadBalancerPlan {
  readonly id: string;
  /**
   * `round_robin` rotates over its edges. `least_outstanding` takes the edge with the fewest requests sent and not
   * yet finished by the server, ties in rotation. `least_in_transit` counts only messages on the edge and gives ties
   * to the first edge, as AsyncFlow 0.1.1 does. A server that is down is out of the rotation.
   */
  readonly algorithm: "round_robin" | "least_outstanding" | "least_in_transit";
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
