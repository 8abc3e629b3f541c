import type { Distribution } from "./random/distribution.js";

/**
 * Keys that are held, nothing at first. A key whose time to live is over is not found, and keeps its place until it is asked for.
 *
 * When there is no room, `lru` lets the key go that was not asked for for longest, `fifo` the oldest, `sieve` the oldest that was not asked for since it
 * was passed over (Zhang et al. 2024), `random` any, `lfu` the one that was asked for least often in the whole run.
 */
export interface CachePlan {
  readonly id: string;
  /** The whole part of each draw is a key, brought into range [0, count - 1]. */
  readonly keys: { readonly count: number; readonly draws: Distribution; readonly shift?: KeyShiftPlan };
  /** Keys that it holds at most, >= 1; Infinity for no limit. */
  readonly capacity: number;
  readonly eviction: "lru" | "fifo" | "lfu" | "sieve" | "random";
  /**
   * How long a key is good [s], drawn each time if it is a distribution; Infinity for ever. Counts from when it was fetched; if it `renews`,
   * from when it was last asked for.
   */
  readonly ttl_s: number | Distribution;
  readonly renews: boolean;
  /** Whether who misses a key that another one is fetching waits for that, and fails if that fails. */
  readonly coalesces: boolean;
  /** Memory of a key that is held [MB]; left out where nobody asks. */
  readonly entry_mb?: number;
}

/**
 * What is asked for changes: every `every_s`, what was drawn as key k + `keys` becomes what is drawn as key k, in a circle of all keys but 0. Where
 * low draws are frequent, `keys` of the most popular keys become the least popular ones.
 */
export interface KeyShiftPlan {
  readonly every_s: number;
  /** An integer >= 1. */
  readonly keys: number;
}

/**
 * A cache of which only the share of hits is known: `cold_ratio` when it is empty, as at the beginning, and then ever nearer to `warm_ratio`, half of
 * the way in each `half_life_s`.
 */
export interface HitCurvePlan {
  readonly id: string;
  readonly cold_ratio: number;
  readonly warm_ratio: number;
  readonly half_life_s: number;
}

/** A cache loses all that it holds. What is being fetched comes in afterwards. */
export interface FlushPlan {
  /** Id of a cache, or of one with a curve. */
  readonly cache: string;
  readonly at_s: number;
}
