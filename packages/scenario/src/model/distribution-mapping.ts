/**
 * A distribution as a file gives it, in the parameters people know. Durations are in seconds [s]. `cv` is the
 * coefficient of variation std / mean; a spread of 0 means the constant. Without `distribution` the mapping is a
 * Poisson, which is AsyncFlow's default.
 */
export type DistributionMapping =
  | { readonly distribution: "constant"; readonly value: number }
  | { readonly distribution: "uniform"; readonly min: number; readonly max: number }
  /** On [0, 2 mean); AsyncFlow 0.1.1 draws from [0, 1) instead. */
  | { readonly distribution: "uniform"; readonly mean: number }
  | { readonly distribution: "exponential"; readonly mean: number }
  /** Negative draws become 0. Without a spread the variance is the mean, as in AsyncFlow. */
  | ({ readonly distribution: "normal"; readonly mean: number } & OptionalSpread)
  | ({ readonly distribution: "lognormal"; readonly mean: number } & Spread)
  | { readonly distribution: "lognormal"; readonly median: number; readonly p95: number }
  | { readonly distribution: "lognormal"; readonly median: number; readonly p99: number }
  /** AsyncFlow's name; without `variance` the variance is the mean. */
  | { readonly distribution: "log_normal"; readonly mean: number; readonly variance?: number | null }
  | ({ readonly distribution: "gamma"; readonly mean: number } & Spread)
  /** The sum of `shape` exponentials. */
  | { readonly distribution: "erlang"; readonly mean: number; readonly shape: number }
  | { readonly distribution: "weibull"; readonly mean: number; readonly shape: number }
  /** `shape` > 1, or the mean is infinite. */
  | { readonly distribution: "pareto"; readonly mean: number; readonly shape: number }
  | { readonly distribution: "pareto"; readonly minimum: number; readonly shape: number }
  | { readonly distribution?: "poisson"; readonly mean: number }
  /** Two exponentials with balanced means (p1 mean1 = p2 mean2), `cv` > 1. */
  | { readonly distribution: "hyperexponential"; readonly mean: number; readonly cv: number }
  | {
      readonly distribution: "hyperexponential";
      readonly probabilities: readonly number[];
      readonly means: readonly number[];
    }
  /** Each value with equal probability. */
  | { readonly distribution: "empirical"; readonly values: readonly number[] | Float64Array }
  /** Each value of a column of a file, with equal probability. */
  | { readonly distribution: "empirical"; readonly file: string; readonly column: string }
  /** Probability to value, ascending from probability 0 to 1, linear between. */
  | { readonly distribution: "empirical"; readonly quantiles: Readonly<Record<string, number>> };

/** A number of seconds [s] or the distribution of one. */
export type Duration = number | DistributionMapping;

/** Exactly one way of giving the spread. */
export type Spread = { readonly std: number } | { readonly variance: number } | { readonly cv: number };

/** A spread that has a default. `variance: null` is AsyncFlow's way of leaving it out. */
export type OptionalSpread = Spread | { readonly variance?: null };
