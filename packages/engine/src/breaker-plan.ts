/**
 * A circuit breaker. Calls over an edge with equal settings share one. Closed, it counts how attempts end, and opens by its
 * rule; open, it turns every attempt away at once, as rejected, for `open_s`; after that, half-open, it lets `half_open_probes` through and turns the
 * others away. A probe that is bad opens it again, and when all are good it closes and has forgotten what was before. Attempts that began before it
 * changed are not counted after it, nor are cancelled ones.
 */
export type BreakerPlan = BreakerRule & {
  /** > 0 [s] */
  readonly open_s: number;
  /** >= 1. */
  readonly half_open_probes: number;
};

/**
 * When a breaker opens. `consecutive`: so many failures in a row. `error_rate`: at least this share of the attempts that ended within the
 * window failed, of `min_requests` at least. `slow_calls`: the same of attempts that lasted longer than `slower_than_s`, well or not; then only
 * those are bad. The window slides in ten parts.
 */
export type BreakerRule =
  | { readonly kind: "consecutive"; readonly failures: number }
  | ({ readonly kind: "error_rate" } & BreakerWindow)
  | ({ readonly kind: "slow_calls"; readonly slower_than_s: number } & BreakerWindow);

/** Which share of which attempts opens a breaker. */
export interface BreakerWindow {
  /** > 0 [s] */
  readonly window_s: number;
  /** Range (0, 1]. */
  readonly threshold_ratio: number;
  /** >= 1. */
  readonly min_requests: number;
}
