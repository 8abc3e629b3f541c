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

/** An open source of requests. */
export interface GeneratorPlan {
  readonly id: string;
  /** When requests come. */
  readonly arrivals: ArrivalsPlan;
  /** Requests that come at each of these times, drawn and rounded; the constant 1 for single requests. */
  readonly batch_size: Distribution;
  /** What its requests ask for, chosen by weight; empty when the server that they come to chooses. */
  readonly mix: readonly RequestPlan[];
}

/**
 * Times of arrivals in [0, horizon_s]. A rate is multiplied by the factors of its `profile`, all of them at the same time; an empty
 * profile leaves it as it is.
 */
export type ArrivalsPlan =
  /** Poisson. */
  | { readonly kind: "poisson"; readonly rate_per_s: number; readonly profile: readonly FactorPlan[] }
  /**
   * Every `window_s` the number of active users is drawn anew; within a window requests are Poisson with rate users x
   * `requests_per_user_per_s`.
   */
  | ({ readonly kind: "users"; readonly profile: readonly FactorPlan[] } & UsersPlan)
  /** The same as AsyncFlow 0.1.1 does it: a gap that crosses the end of a window is thrown away and advances the window but not the clock. */
  | ({ readonly kind: "asyncflow_users" } & UsersPlan)
  /** Independent gaps of one distribution, the first of them from 0 on. A factor of 2 makes them half as long. */
  | { readonly kind: "renewal"; readonly gap_s: Distribution; readonly profile: readonly FactorPlan[] }
  /** Poisson with a rate that changes with a Markov chain in continuous time, which is stationary from the beginning. */
  | {
      readonly kind: "mmpp";
      readonly states: readonly RateStatePlan[];
      /** Probability of each state, by column, to follow each, by row; rows add up to 1, every state leads to every other in the end. */
      readonly transitions: readonly (readonly number[])[];
      readonly profile: readonly FactorPlan[];
    };

/** The number of users, drawn for every window, and how often one of them asks. */
export interface UsersPlan {
  readonly users: Distribution;
  readonly requests_per_user_per_s: number;
  readonly window_s: number;
}

/** A state that lasts for an exponential time. */
export interface RateStatePlan {
  readonly rate_per_s: number;
  /** Mean time until it changes [s]. */
  readonly mean_s: number;
}

/** A factor of a rate as a function of time, never negative. The run begins `phase_s` into it, range [0, period_s). */
export type FactorPlan =
  /** Straight pieces, the first of which starts at 0. They repeat every `period_s`; with 0 they do not, and the last one is constant. */
  | {
      readonly kind: "pieces";
      readonly pieces: readonly PiecePlan[];
      readonly period_s: number;
      readonly phase_s: number;
    }
  /** 1 + amplitude_ratio x sin(2 pi t / period_s); amplitude_ratio has range [0, 1]. */
  | {
      readonly kind: "sinusoid";
      readonly period_s: number;
      readonly amplitude_ratio: number;
      readonly phase_s: number;
    };

/** A factor that goes from one value to another, straight, until the next piece starts. */
export interface PiecePlan {
  readonly start_s: number;
  readonly from: number;
  readonly to: number;
}

/** One kind of request of a generator. */
export interface RequestPlan {
  /** Chosen with probability weight / sum of weights. */
  readonly weight: number;
  /** Name of the endpoint it asks for; empty when the server chooses. */
  readonly endpoint: string;
  /** Class of the request and of every call that it causes; empty for none. */
  readonly class: string;
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
