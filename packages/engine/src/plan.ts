import type { BrokerPlan } from "./broker-plan.js";
import type { AutoscalerPlan } from "./autoscaler-plan.js";
import type { CachePlan, FlushPlan, HitCurvePlan } from "./cache-plan.js";
import type { CpuPlan } from "./cpu-plan.js";
import type { CrowdingPlan } from "./crowding-plan.js";
import type { ReplicaPlan, TablePlan } from "./database-plan.js";
import type { DisruptionPlan, FaultPlan } from "./disruption-plan.js";
import type { AdmissionPlan, ColdStartPlan } from "./entrance-plan.js";
import type { GatePlan, PoolQueuePlan } from "./gate-plan.js";
import type { MessageSizesPlan, NetworkPlan } from "./network-plan.js";
import type { DetectorPlan, InjectorPlan, ThrottlePlan } from "./detection-plan.js";
import type { Distribution } from "./random/distribution.js";
import type { LlmPlan } from "./llm-plan.js";
import type { RateLimitPlan } from "./rate-limit-plan.js";
import type { CallPolicy, StepPlan } from "./step-plan.js";

export type { MessageSizesPlan, NetworkPlan, RetransmissionPlan, SlowStartPlan } from "./network-plan.js";
export type { DisruptionPlan, EffectPlan, FaultEffectPlan, FaultPlan } from "./disruption-plan.js";
export type { BackoffPlan, CallPolicy, RetryPlan, StepPlan, WayPlan } from "./step-plan.js";

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
  /** Whether to say where the time of requests goes: metrics `attribution_*`. A run takes about a third longer. */
  readonly attribution: boolean;
  /** Whether to measure visits to servers by endpoint, and by class where there are several; false when left out. A run takes about a fifth longer. */
  readonly endpoint_metrics?: boolean;
  /** Whether waits, service times, losses, bytes and the attribution have time series, too; false when left out. */
  readonly detailed_series?: boolean;
  readonly generators: readonly GeneratorPlan[];
  readonly clients: readonly ClientPlan[];
  readonly load_balancers: readonly LoadBalancerPlan[];
  readonly servers: readonly ServerPlan[];
  /** What steps look up; left out for none. An id may be that of the server that stands for the cache. */
  readonly caches?: readonly CachePlan[];
  /** What steps ask for tokens; left out for none. An id is that of the server that stands for the model. */
  readonly llms?: readonly LlmPlan[];
  /** As `caches`, for those of which only the share of hits is known. */
  readonly hit_curves?: readonly HitCurvePlan[];
  /** When caches are emptied; left out for never. */
  readonly flushes?: readonly FlushPlan[];
  /** Where steps publish messages, and who consumes them; left out for none. */
  readonly brokers?: readonly BrokerPlan[];
  readonly edges: readonly EdgePlan[];
  /** Absent when all servers run all the time. */
  readonly autoscalers?: readonly AutoscalerPlan[];
  /** What goes wrong at known times. */
  readonly disruptions: readonly DisruptionPlan[];
  /** What tells whether the system is stable; none when left out. */
  readonly detectors?: readonly DetectorPlan[];
  /** What goes wrong by chance; left out for nothing. */
  readonly faults?: readonly FaultPlan[];
}

/** Bounds of one run; a run that would pass one ends with outcome `truncated`. */
export interface Budget {
  readonly events: number;
  readonly live_requests: number;
}

/** A source of requests. */
export interface GeneratorPlan {
  readonly id: string;
  /** When requests come. */
  readonly arrivals: ArrivalsPlan;
  /** Requests that come at each of these times, drawn and rounded; the constant 1 for single requests. */
  readonly batch_size: Distribution;
  /** What its requests ask for, chosen by weight; empty when the server that they come to chooses. */
  readonly mix: readonly RequestPlan[];
  /** Absent when what arrives are requests. */
  readonly session?: SessionPlan;
  /** How it sends its requests. A request is complete when one of its attempts is, and latency counts from the first. */
  readonly policy: CallPolicy;
  /** Of the requests that are of an entry of the mix without sizes, or of none. */
  readonly sizes?: MessageSizesPlan;
  /** What holds it back; nothing when left out. */
  readonly throttle?: ThrottlePlan;
}

/**
 * What arrives are users. Each sends one request after another, waits until it is over, well or not, and thinks before the next one. Latency
 * counts from when a request is sent.
 */
export interface SessionPlan {
  readonly think_s: Distribution;
  readonly requests:
    /** For ever, from a think time on. They ask for what the generator's mix says. */
    | { readonly kind: "endless" }
    /** The same number for all, >= 1, each after a think time. They ask for what the generator's mix says. */
    | { readonly kind: "limited"; readonly count: number }
    /** A number, drawn and rounded, 1 at least, from a request on. They ask for what the generator's mix says. */
    | { readonly kind: "drawn"; readonly length: Distribution }
    /** What the generator's mix says, each entry once, in its order. */
    | { readonly kind: "in_order" };
  /** What a user does whose request failed. */
  readonly on_failure: "end" | "continue";
}

/**
 * Times of arrivals in [0, horizon_s]. A rate is multiplied by the factors of its `profile`, all of them at the same time; an empty
 * profile leaves it as it is.
 */
export type ArrivalsPlan =
  /** So many users, all of them there from the beginning: for sessions only. */
  | { readonly kind: "closed"; readonly population: number }
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
      /** Size of each request and of its answer [kB]; where they are left out, those of the generator hold. */
      readonly payload_kb?: Float64Array;
      readonly response_kb?: Float64Array;
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
  /** Of its messages; those of the generator when left out. */
  readonly sizes?: MessageSizesPlan;
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
 * `primary` takes one member always, at first the first one; the first request that comes `failover_s` after that went down makes the next one
 * that is up take its place for good.
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
  | { readonly algorithm: "locality"; readonly local: readonly boolean[] }
  /** How long the member must have been down that gets all requests before another one takes its place [s]; meanwhile requests fail. */
  | { readonly algorithm: "primary"; readonly failover_s: number };

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
  /** How its requests get in each other's way; not at all when left out. */
  readonly crowding?: CrowdingPlan;
  /** What its requests hold for a while: locks, semaphores, threads. */
  readonly pools: readonly PoolPlan[];
  readonly endpoints: readonly EndpointPlan[];
  /** Absent when everybody is let in. */
  readonly admission?: AdmissionPlan;
  /** Absent when it is always warm. */
  readonly cold_start?: ColdStartPlan;
  /** Absent when every request begins at once. */
  readonly gate?: GatePlan;
  /** What every request passes, in this order, before the server; whom one turns away is answered as rejected. None when left out. */
  readonly rate_limits?: readonly RateLimitPlan[];
  /** Faults that happen to its requests by chance; none when left out. They come after the rate limits. */
  readonly injector?: InjectorPlan;
  /** Rows that calls lock; none when left out. */
  readonly tables?: readonly TablePlan[];
  /** Absent when it is no replica of a server with tables; it has none of its own otherwise. */
  readonly replica_of?: ReplicaPlan;
}

/** A number of equal units; who gets none waits in turn. */
export interface PoolPlan {
  /** Unique within its server. */
  readonly name: string;
  /** Units: 1 for a lock. */
  readonly size: number;
  /** Who has waited this long for a unit fails, as timed out [s]; drawn for each wait, left out for a wait without a limit. */
  readonly timeout_s?: Distribution;
  /** Who waits, and who of them is next; when left out, as many as come, in turn. Who finds it full fails, as rejected. */
  readonly queue?: PoolQueuePlan;
}

export interface EndpointPlan {
  readonly name: string;
  /** Chosen with probability weight / sum of weights. */
  readonly weight: number;
  /** Reserved as a whole before the first step and returned when the request leaves [MB]. */
  readonly ram_mb: number;
  /** As those of the server, for requests for this endpoint that are let in; none when left out. */
  readonly rate_limits?: readonly RateLimitPlan[];
  /** As that of the server, for requests for this endpoint and before it: who waits here takes no place there. */
  readonly gate?: GatePlan;
  /** A request begins no step later than this after its arrival, nor does what it calls, and fails as timed out [s]; left out for no limit. */
  readonly deadline_s?: number;
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
  /** Absent when messages need no connection. An edge that a server is done with has none: its answers come over the request's. */
  readonly connection?: ConnectionPlan;
  /** Absent when messages take no time beside the latency, and those that are lost stay lost. */
  readonly network?: NetworkPlan;
  /** Edges with networks and the same group are measured together, too, under its id; left out for none. */
  readonly group?: string;
}

/**
 * The connections of an edge. A message that finds no idle one sets up its own first. A connection becomes idle when the answer is back,
 * or, where none comes back, with the message; at a load balancer when the server is done.
 */
export interface ConnectionPlan {
  /** Round trips of a set-up, an integer >= 0: 1 for TCP, 1 or 2 more for TLS. Each takes a latency of the edge and one of its answers. */
  readonly round_trips: number;
  /** An idle connection is closed after this time [s]. */
  readonly keep_alive_s: number;
  /** More connections than these are not kept, an integer >= 0. */
  readonly max_idle: number;
  /** Memory that each takes at the server that it leaves, idle or not [MB]; none when left out. */
  readonly ram_mb?: number;
}
