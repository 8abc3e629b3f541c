import type { BreakerPlan } from "./breaker-plan.js";
import type { CpuPlan } from "./cpu-plan.js";
import type { Distribution } from "./random/distribution.js";
import type { RateLimitPlan } from "./rate-limit-plan.js";

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
  /** How it sends its requests. A request is complete when one of its attempts is, and latency counts from the first. */
  readonly policy: CallPolicy;
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
    }
  /** At known times, in ascending order. */
  | {
      readonly kind: "trace";
      readonly times_s: Float64Array;
      /** What each of them asks for, a position in the generator's `mix`; empty when it is chosen by weight. */
      readonly requests: Int32Array;
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
  /** Who goes first where servers tell: 0, then 1, ...; 0 when left out. It holds for every call that the request causes. */
  readonly priority?: number;
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

/** A server with `cpu_cores` tokens and `ram_mb` of memory [MB]. */
export interface ServerPlan {
  readonly id: string;
  /** The replica set that it is one of; empty for none. */
  readonly group: string;
  /** Where it stands; empty for nowhere in particular. */
  readonly zone: string;
  readonly cpu_cores: number;
  readonly ram_mb: number;
  /** How its cores are shared; when left out, they are handed out in turn and never stop. */
  readonly cpu?: CpuPlan;
  /** What its requests hold for a while: locks, semaphores, threads. */
  readonly pools: readonly PoolPlan[];
  readonly endpoints: readonly EndpointPlan[];
  /** What every request passes, in this order, before the server; whom one turns away is answered as rejected. None when left out. */
  readonly rate_limits?: readonly RateLimitPlan[];
}

/** A number of equal units; who gets none waits in turn. */
export interface PoolPlan {
  /** Unique within its server. */
  readonly name: string;
  /** Units: 1 for a lock. */
  readonly size: number;
}

export interface EndpointPlan {
  readonly name: string;
  /** Chosen with probability weight / sum of weights. */
  readonly weight: number;
  /** Reserved as a whole before the first step and returned when the request leaves [MB]. */
  readonly ram_mb: number;
  readonly steps: readonly StepPlan[];
}

/**
 * A step of a program. A step that fails ends the program of its request, which then answers with an error; what it held is given
 * back on the way.
 */
export type StepPlan =
  /** `cpu` holds a core; `io` gives it back and waits. */
  | { readonly kind: "cpu" | "io"; readonly duration_s: Distribution }
  /** Returns some of the endpoint's memory before the request leaves [MB]. */
  | { readonly kind: "release_ram"; readonly ram_mb: number }
  /** Sends a request over an edge that leaves this server, and waits without a core until it is answered. */
  | {
      readonly kind: "call";
      readonly edge: string;
      /** Name of the endpoint; empty when the called server chooses. */
      readonly endpoint: string;
      readonly policy: CallPolicy;
    }
  /** Goes one of several ways: the first whose class fits, or else one by chance, or else none. */
  | { readonly kind: "branch"; readonly ways: readonly WayPlan[] }
  /**
   * Goes all ways at once, and on when `join` of them have come to their end well; the others run on, and nobody waits for them.
   * It fails as soon as that has become impossible (`fail_fast`), or when all have ended (`collect`).
   */
  | {
      readonly kind: "parallel";
      readonly branches: readonly (readonly StepPlan[])[];
      readonly join: number;
      readonly on_error: "fail_fast" | "collect";
    }
  /** Repeats its steps a number of times, drawn and rounded. */
  | { readonly kind: "repeat"; readonly times: Distribution; readonly steps: readonly StepPlan[] }
  /** Starts steps that nobody waits for; they may outlive the answer. Their failure has no effect. */
  | { readonly kind: "spawn"; readonly steps: readonly StepPlan[] }
  /** Holds a unit of one of the server's pools during its steps. While it waits for one it holds no core. */
  | { readonly kind: "hold"; readonly pool: string; readonly steps: readonly StepPlan[] }
  /** When one of its steps fails, the others are left out and `on_error` takes their place. */
  | { readonly kind: "attempt"; readonly steps: readonly StepPlan[]; readonly on_error: readonly StepPlan[] }
  /** Fails. */
  | { readonly kind: "fail" };

/** How long a caller waits, and what it does when a call fails. */
export interface CallPolicy {
  /** An attempt that is not answered by then has failed, as timed out [s]; 0 for none. */
  readonly timeout_s: number;
  /** What the caller has given up ends at once wherever it is; otherwise it goes on and nobody waits for it. */
  readonly cancels: boolean;
  /** The time limit goes with the call: whoever works on it later, or on what it causes, fails instead of beginning another step. */
  readonly propagates: boolean;
  readonly retry: RetryPlan | null;
  /** Keeps attempts from beginning while too many of those before went wrong; when left out, nothing does. */
  readonly breaker?: BreakerPlan;
}

/** How failed calls are tried again. */
export interface RetryPlan {
  /** Attempts in all, >= 2. */
  readonly attempts: number;
  /** The ways of failing that are worth another attempt. */
  readonly on: readonly ("failed" | "dropped" | "rejected" | "timed_out")[];
  readonly backoff: BackoffPlan;
  /**
   * At most this many retries for each call, on average: a bucket gets that many tokens with each call, up to `budget_burst`, and each
   * retry takes one (Finagle's RetryBudget). 0 for no such limit.
   */
  readonly budget_ratio: number;
  readonly budget_burst: number;
}

/**
 * The wait before the n-th retry [s], n from 1. `fixed`: base_s. `exponential`: base_s 2^(n-1), at most max_s. `decorrelated`: uniform
 * between base_s and three times the wait before, at most max_s (Brooker 2015). Jitter makes of a wait w: `full` a uniform on [0, w), `equal`
 * w / 2 plus a uniform on [0, w / 2).
 */
export interface BackoffPlan {
  readonly kind: "fixed" | "exponential" | "decorrelated";
  readonly base_s: number;
  readonly max_s: number;
  readonly jitter: "none" | "full" | "equal";
}

/** One way of a branch. */
export interface WayPlan {
  /** `probability`: range [0, 1], 1 in sum at most. `class`: the request's class. */
  readonly when: { readonly probability: number } | { readonly class: string };
  readonly steps: readonly StepPlan[];
}

/**
 * A directed link. Every edge that leaves a load balancer is one of its choices, every edge that leaves a server is for calls or for
 * what the server is done with: a server has at most one edge that no step calls. Requests go on over that; at a server
 * without one, and when they were called, they are answered instead: the answer goes back the way that the request came.
 */
export interface EdgePlan {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly latency_s: Distribution;
  /** Latency of an answer. */
  readonly response_latency_s: Distribution;
  /** Probability that a message is lost, range [0, 1]. */
  readonly dropout_ratio: number;
}

/**
 * Something that happens at a known time. While a server is slowed down, its CPU and I/O steps take `factor` times as long, what is left of those that
 * run included; factors multiply. `spike_s` is added to the latency of every message sent in
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
      readonly kind: "slow_down";
      readonly target: string;
      readonly start_s: number;
      readonly end_s: number;
      readonly factor: number;
    }
  | {
      readonly kind: "network_spike";
      readonly target: string;
      readonly start_s: number;
      readonly end_s: number;
      readonly spike_s: number;
    };
