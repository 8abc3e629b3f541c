import type { PolicyKeys } from "./call-policy.js";
import type { Duration } from "./distribution-mapping.js";
import type { Fallback, Step } from "./step.js";

/** A cache, with real contents or with a known share of hits. */
export type Cache = {
  readonly id: string;
  /** Time of a look-up, whether it finds its key or not [s]; default 0. */
  readonly hit_s?: Duration;
} & (CacheContents | { readonly hit_ratio: number });

/** What is known of a cache whose contents are simulated. */
export interface CacheContents {
  readonly keys: { readonly count: number; readonly popularity?: Popularity };
  /** Keys that it holds at most; by default all. */
  readonly capacity?: number;
  /** Which key goes when there is no room; default lru. */
  readonly eviction?: Eviction;
  /** How long a key is good [s]; by default for ever. */
  readonly ttl_s?: number;
  /** Whether the time to live counts from when a key was last found instead of from when it was fetched; default false. */
  readonly renew_on_hit?: boolean;
  /** Whether who misses a key that another one is fetching waits for that; default false. */
  readonly coalesce?: boolean;
}

/** `lru` lets the key go that was not found for longest, `lfu` the one that was asked for least often, `fifo` the oldest. */
export type Eviction = "lru" | "fifo" | "lfu" | "sieve" | "random";

/** How often each key is asked for: all alike by default, or the k-th most popular one in proportion to k^-exponent. */
export type Popularity =
  | { readonly distribution: "uniform" }
  | { readonly distribution: "zipf"; readonly exponent: number };

/** Looks a key up in a cache, over the edge that leads there; steps that fetch it follow when it is not found. */
export interface CacheStep extends PolicyKeys, Fallback {
  /** Id of the cache. */
  readonly cache: string;
  readonly on_miss: readonly Step[];
}
