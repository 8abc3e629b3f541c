import type { Duration } from "./distribution-mapping.js";

/** A cache, with real contents or with a known share of hits. */
export type Cache = {
  readonly id: string;
  /** Time of a look-up, whether it finds its key or not [s]; default 0. */
  readonly hit_s?: Duration;
} & (CacheContents | { readonly hit_ratio: number | WarmUp });

/** A share of hits that begins at `cold` and goes half of the way to `warm` in each `half_life_s`; each has range [0, 1]. */
export interface WarmUp {
  readonly cold: number;
  readonly warm: number;
  readonly half_life_s: number;
}

/** Every `every_s` the most popular `keys` keys become the least popular ones, and all others rise. */
export interface PopularityShift {
  readonly every_s: number;
  readonly keys: number;
}

/** What is known of a cache whose contents are simulated. */
export interface CacheContents {
  readonly keys: { readonly count: number; readonly popularity?: Popularity; readonly shift?: PopularityShift };
  /** Keys that it holds at most; by default all. */
  readonly capacity?: number;
  /** Which key goes when there is no room; default lru. */
  readonly eviction?: Eviction;
  /** How long a key is good [s], drawn each time if it is a distribution; by default for ever. */
  readonly ttl_s?: Duration;
  /** Whether the time to live counts from when a key was last found instead of from when it was fetched; default false. */
  readonly renew_on_hit?: boolean;
  /** Whether who misses a key that another one is fetching waits for that; default false. */
  readonly coalesce?: boolean;
  /** Memory of each key that it holds [kB], for the metrics of memory; by default not measured. */
  readonly entry_kb?: number;
}

/** `lru` lets the key go that was not found for longest, `lfu` the one that was asked for least often, `fifo` the oldest. */
export type Eviction = "lru" | "fifo" | "lfu" | "sieve" | "random";

/** How often each key is asked for: all alike by default, or the k-th most popular one in proportion to k^-exponent. */
export type Popularity =
  | { readonly distribution: "uniform" }
  | { readonly distribution: "zipf"; readonly exponent: number };
