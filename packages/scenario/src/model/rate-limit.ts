/** How fast requests may come to a server. Keys that stand for some kinds only have no place at another. */
export interface RateLimit {
  readonly kind: "token_bucket" | "leaky_bucket" | "fixed_window" | "sliding_window";
  /** Of buckets, which need it [1/s]. */
  readonly rate_per_s?: number;
  /** Of `token_bucket`: tokens that it holds; default 1. */
  readonly burst?: number;
  /** Of `token_bucket`; default continuous. */
  readonly refill?: "continuous" | "discrete";
  /** Of `leaky_bucket`: how many may wait; default 0. */
  readonly queue?: number;
  /** Of windows, which need both: requests in each, and how long one is [s]. */
  readonly limit?: number;
  readonly window_s?: number;
  /** The class of requests that it is for; by default for all together. */
  readonly class?: string;
  /** `class`: one limit of this kind for each class. */
  readonly per?: "class";
}
