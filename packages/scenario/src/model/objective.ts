/**
 * What is demanded of a metric, over replications: its mean, a quantile of it, or single replications with some
 * probability must be strictly below or above a limit.
 */
export interface Objective {
  /** Name of a metric of single replications, such as `latency_s_p95`. */
  readonly metric: string;
  /** The limit, in the unit of the metric; one of the two. */
  readonly below?: number;
  readonly above?: number;
  /** The quantile over replications that is meant, range (0, 1). */
  readonly quantile?: number;
  /** The share of replications that must be on the right side, range (0, 1). */
  readonly probability?: number;
  /** How sure a verdict must be, one-sided, range (0.5, 1); by default the confidence of the sweep. */
  readonly confidence?: number;
}
