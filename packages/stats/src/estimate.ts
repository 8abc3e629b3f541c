/** A point estimate with its interval, and the name of the method that made it. */
export interface Estimate {
  /**
   * What is estimated: `mean`, `probability`, `quantile_0.95` (of the outcome across replications), `request_quantile_0.99`
   * (of all requests), `value_at_risk_0.95`, `expected_shortfall_0.95`.
   */
  readonly estimand: string;
  /** NaN where not estimable. */
  readonly estimate: number;
  readonly std_error: number;
  /** -Infinity or +Infinity where the sample cannot bound that side; NaN where not estimable. */
  readonly ci_low: number;
  readonly ci_high: number;
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
  /** For example `student_t`, `hall`, `order_statistics`, `wilson`, `sectioning`. */
  readonly method: string;
  /** Replications used; values of a single run. */
  readonly n: number;
  /** Replications that produced no value. */
  readonly n_failed: number;
  /** Remarks for the reader, such as `zero_variance` or `not_estimable_needs_2`; may be empty. */
  readonly flags: readonly string[];
}
