/** A limit for all requests, or for those of one class, where the empty one is that of requests without a class. */
export type RateLimitPlan = RateLimitRule & { readonly class?: string };

/**
 * `token_bucket`: a request takes a token or is turned away; the bucket holds `burst` at most, is full at the beginning, and is filled
 * continuously or with one token at each multiple of 1 / rate_per_s. `leaky_bucket`: requests go on 1 / rate_per_s apart at least, and wait for that; who finds `queue` others
 * waiting is turned away, and a place stays taken whose request is cancelled. `fixed_window`: `limit` requests in each window, which begin at the multiples of
 * window_s. `sliding_window`: `limit` in every stretch of this length, exactly.
 */
export type RateLimitRule =
  | {
      readonly kind: "token_bucket";
      /** > 0 [1/s] */
      readonly rate_per_s: number;
      /** >= 1. */
      readonly burst: number;
      readonly refill: "continuous" | "discrete";
    }
  | {
      readonly kind: "leaky_bucket";
      /** > 0 [1/s] */
      readonly rate_per_s: number;
      /** >= 0. */
      readonly queue: number;
    }
  | {
      readonly kind: "fixed_window" | "sliding_window";
      /** >= 1. */
      readonly limit: number;
      /** > 0 [s] */
      readonly window_s: number;
    };
