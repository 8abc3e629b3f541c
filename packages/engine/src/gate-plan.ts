/**
 * Which requests a server begins to work on, and when: at most `limit` are at work at once, the others wait in `queue`. They come here
 * when they have been let in and the server has started, and give their place back when they are done.
 */
export interface GatePlan {
  /** Null for no limit: then nobody waits. */
  readonly limit: ConcurrencyLimitPlan | null;
  readonly queue: QueuePlan;
  /** Null when it sheds no load. */
  readonly shedding: SheddingPlan | null;
}

/**
 * `aimd`: one more after each request that began as one of at least half of the limit, `backoff_ratio` times the limit, cut to a whole number, after each
 * that takes longer than `timeout_s`, meets a time limit or is turned away elsewhere. `gradient`: follows how long requests take
 * beside their long average. They are `AIMDLimit` and `Gradient2Limit` of Netflix's concurrency-limits.
 */
export type ConcurrencyLimitPlan =
  | { readonly kind: "fixed"; readonly limit: number }
  | (AdaptiveRange & { readonly kind: "aimd"; readonly timeout_s: number; readonly backoff_ratio: number })
  | (AdaptiveRange & {
      readonly kind: "gradient";
      readonly tolerance_ratio: number;
      readonly smoothing_ratio: number;
      readonly growth: number;
    });

/** Whole numbers, 1 <= min <= initial <= max. */
export interface AdaptiveRange {
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

/** Requests that wait for a place. */
export interface QueuePlan {
  /** An integer >= 0; Infinity for no limit. */
  readonly capacity: number;
  readonly discipline: QueueDisciplinePlan;
  /** Who goes without when it is full. `drop_lowest_priority`, the newest of them, goes with the discipline `priority`. */
  readonly when_full: "reject_newest" | "drop_oldest" | "drop_lowest_priority";
  /**
   * Who waits longer than `interval_s`, or than `target_s` when the queue has not been empty for longer than that, is turned away (Maurer 2015). Null
   * for no such limit.
   */
  readonly codel: { readonly target_s: number; readonly interval_s: number } | null;
}

/** Who wait for a unit of a pool. */
export type PoolQueuePlan = Pick<QueuePlan, "capacity" | "discipline">;

export type QueueDisciplinePlan =
  | { readonly kind: "fifo" | "lifo" | "priority" | "earliest_deadline" }
  /** The newest first while more than `lifo_above` wait, the oldest first otherwise. */
  | { readonly kind: "adaptive_lifo"; readonly lifo_above: number }
  /**
   * Classes share what there is by weight > 0; those that are not named have weight 1. What a request takes of its class's share is told by the name of its
   * endpoint: 1 for those that are not named in `costs`.
   */
  | {
      readonly kind: "weighted_fair";
      readonly weights: Readonly<Record<string, number>>;
      readonly costs?: Readonly<Record<string, number>>;
    };

/**
 * Turns away what comes while an exponential average over `window_s` is above `above`: of the share of cores in use, or of the time that requests spent at
 * the server [s]. Requests with a priority of at most `spare_priority` are let in all the same; -1 for none.
 */
export interface SheddingPlan {
  readonly kind: "utilization" | "latency";
  readonly above: number;
  readonly window_s: number;
  readonly spare_priority: number;
}
