import type { RateLimit } from "./rate-limit.js";

/** What a server or an endpoint says of the requests that come there. */
export interface Entrance extends Protection {
  /** What every request passes on its way in, in this order. */
  readonly rate_limits?: readonly RateLimit[];
  /** A request begins no step later than this after its arrival, and fails as timed out [s]; by default there is no limit. */
  readonly deadline_s?: number;
}

/** The keys of a server, an endpoint or a database that say which requests it begins to work on, and when. */
export interface Protection {
  /** Requests that it works on at once: a number, or a limit that follows how they fare. By default there is none. */
  readonly concurrency_limit?: number | ConcurrencyLimit;
  /** Where the others wait. By default nobody waits: who finds no place is rejected. */
  readonly queue?: Queue;
  readonly load_shedding?: LoadShedding;
}

/** A limit that changes. Keys that stand for one kind only have no place at another. */
export interface ConcurrencyLimit {
  readonly kind: "aimd" | "gradient";
  /** Default 1. */
  readonly min?: number;
  /** Default 200. */
  readonly max?: number;
  /** Default 20, brought into [min, max]. */
  readonly initial?: number;
  /** Of `aimd`: a request that takes longer counts as lost [s]; default 5. */
  readonly timeout_s?: number;
  /** Of `aimd`: what a loss leaves of the limit; default 0.9. */
  readonly backoff_ratio?: number;
  /** Of `gradient`: how much longer than on average requests may take before the limit falls; default 1.5. */
  readonly tolerance_ratio?: number;
  /** Of `gradient`: the weight of what is new; default 0.2. */
  readonly smoothing_ratio?: number;
  /** Of `gradient`: by how much it may grow at once, which is how many requests may queue; default 4. */
  readonly growth?: number;
}

/** Requests that wait for a place. */
export interface Queue {
  /** By default there is no limit. */
  readonly capacity?: number;
  /** Who is next; default `fifo`. */
  readonly discipline?: QueueDiscipline;
  /** Of `adaptive_lifo`: so many wait at most while the oldest goes first; default 10. */
  readonly lifo_above?: number;
  /** Of `weighted_fair`: by class; default 1. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Of `weighted_fair`: what a request takes of the share of its class, by endpoint; default 1. */
  readonly costs?: Readonly<Record<string, number>>;
  /** Default `reject_newest`. */
  readonly when_full?: "reject_newest" | "drop_oldest" | "drop_lowest_priority";
  readonly shed?: ControlledDelay;
}

export type QueueDiscipline = "fifo" | "lifo" | "adaptive_lifo" | "priority" | "weighted_fair" | "earliest_deadline";

/** Turns away who has waited for `interval_s`, or for `target_s` when the queue has not been empty for longer than `interval_s`. */
export interface ControlledDelay {
  readonly kind: "codel";
  /** Default 0.005 [s]. */
  readonly target_s?: number;
  /** Default 0.1 [s]. */
  readonly interval_s?: number;
}

/** Turns away what comes while the server has too much to do. `above_ratio` stands with `utilization`, `above_s` with `latency`. */
export interface LoadShedding {
  readonly kind: "utilization" | "latency";
  readonly above_ratio?: number;
  readonly above_s?: number;
  /** How far back the average looks [s]; default 1. */
  readonly window_s?: number;
  /** Requests with a priority of at most this are let in all the same; by default none are. */
  readonly spare_priority?: number;
}
