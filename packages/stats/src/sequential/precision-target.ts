import type { Side } from "../objective.js";

/** How precisely something must be known: exactly one of `half_width` and `relative_half_width`. */
export type PrecisionTarget = MeanPrecisionTarget | ProbabilityPrecisionTarget;

interface HalfWidth {
  /** Half the length of the interval, in the unit of the estimate, > 0. */
  readonly half_width?: number;
  /** Half the length of the interval as a fraction of the absolute estimate, > 0. */
  readonly relative_half_width?: number;
  /** Of the two-sided interval, range (0, 1). */
  readonly confidence: number;
}

/** Of the mean over replications. */
export interface MeanPrecisionTarget extends HalfWidth {
  readonly estimand: "mean";
}

/** Of the probability that a replication is not on the good side of a limit. */
export interface ProbabilityPrecisionTarget extends HalfWidth {
  readonly estimand: "probability";
  /** The good side of the limit, strictly. */
  readonly side: Side;
  /** In the unit of the sample, finite. */
  readonly limit: number;
  /** Replications that must be found on either side of the limit, an integer >= 1. Default 10. */
  readonly min_events?: number;
}

/**
 * Why there is enough precision (`reached`), or what is missing: fewer than 30 values, equal values, values or moments
 * that are infinite, too few events, or an interval that is too long.
 */
export type PrecisionReason = "reached" | "few_values" | "zero_variance" | "infinite_values" | "few_events" | "wide";

/** Whether a sample is as precise as a target asks. */
export interface Precision {
  readonly reached: boolean;
  /** Of the mean, or of the probability. NaN where not estimable. */
  readonly estimate: number;
  /** Half the length of the interval, in the unit of the estimate; NaN or infinite where there is none. */
  readonly half_width: number;
  /** Further replications that the present estimate suggests: 0 when reached, NaN when no number can be named. */
  readonly n_needed: number;
  readonly reason: PrecisionReason;
}
