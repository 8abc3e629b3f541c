/** Whether an objective is met: proven, refuted, or neither with the replications at hand. */
export type Verdict = (typeof VERDICTS)[number];
export const VERDICTS = ["pass", "fail", "inconclusive"] as const;

/** The side of the limit that is good. */
export type Side = (typeof SIDES)[number];
export const SIDES = ["below", "above"] as const;

/** What must lie on one side of a limit, and how sure the verdict must be. */
export interface ObjectiveOptions {
  /** The good side of the limit, strictly: a value equal to the limit is on neither side. */
  readonly side: Side;
  /** In the unit of the sample, finite. */
  readonly limit: number;
  /**
   * What must be on that side: the mean over replications; the quantile `level` over replications; or single
   * replications, with probability at least `level`.
   */
  readonly estimand: "mean" | "quantile" | "probability";
  /** Range (0, 1). Required, but for the mean, which has none. */
  readonly level?: number;
  /** Of the verdict, one-sided, range (0, 1); above 0.5 for the mean. */
  readonly confidence: number;
  /** Replications that produced no value, beside the NaN values of the sample. Default 0. */
  readonly n_failed?: number;
}

/** A verdict with the bounds that it rests on. */
export interface ObjectiveVerdict {
  readonly verdict: Verdict;
  /** Of the mean, of the quantile, or of the probability of being on the good side. NaN where not estimable. */
  readonly estimate: number;
  /**
   * One-sided bounds of what is estimated, each at `confidence`, with the failed replications at their worst for the
   * verdict. Infinite where the sample cannot bound that side; NaN where not estimable.
   */
  readonly bound_low: number;
  readonly bound_high: number;
  /** Of each bound and of the verdict, one-sided, range (0, 1). */
  readonly confidence: number;
  /** `clopper_pearson`, `order_statistics`, `student_t` or `hall`; of `anytimeVerdict` the name of a confidence sequence. */
  readonly method: string;
  /** Replications that produced a value. */
  readonly n: number;
  /** Replications that produced no value. */
  readonly n_failed: number;
  /** Replications that are still needed, as far as these tell: 0 when decided, NaN when no number can be named. */
  readonly n_needed: number;
  /** Remarks for the reader, such as `pass_needs_299` or `failed_replications`; may be empty. */
  readonly flags: readonly string[];
}
