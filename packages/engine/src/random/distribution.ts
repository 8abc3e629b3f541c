/**
 * A distribution in the parameters its sampler needs, so that two readings of one file differ in data, not in code.
 * All values of a duration are in seconds [s].
 */
export type Distribution =
  | { readonly kind: "constant"; readonly value: number }
  /** Uniform on [min, max). */
  | { readonly kind: "uniform"; readonly min: number; readonly max: number }
  | { readonly kind: "exponential"; readonly mean: number }
  /** Normal whose negative draws become 0, as in AsyncFlow; `mean` and `std` are those of the untouched normal. */
  | { readonly kind: "normal"; readonly mean: number; readonly std: number }
  /** exp(N(mu, sigma)): `mu` and `sigma` are the mean and standard deviation of the logarithm. */
  | { readonly kind: "lognormal"; readonly mu: number; readonly sigma: number }
  /** Gamma with mean `shape * scale`; an integer `shape` is the Erlang distribution. */
  | { readonly kind: "gamma"; readonly shape: number; readonly scale: number }
  | { readonly kind: "weibull"; readonly shape: number; readonly scale: number }
  /** Pareto of the first kind: P(X > x) = (minimum / x)^shape for x >= minimum. */
  | { readonly kind: "pareto"; readonly shape: number; readonly minimum: number }
  | { readonly kind: "poisson"; readonly mean: number }
  /** A mixture of exponentials: branch i with `probabilities[i]`, mean `means[i]`. Probabilities add up to 1. */
  | {
      readonly kind: "hyperexponential";
      readonly probabilities: readonly number[];
      readonly means: readonly number[];
    }
  /**
   * Inverse distribution function, linear between the points (`probabilities[i]`, `values[i]`).
   * Both ascend; `probabilities` starts at 0 and ends at 1.
   */
  | {
      readonly kind: "quantiles";
      readonly probabilities: readonly number[];
      readonly values: readonly number[];
    }
  /** Whole numbers k from 1 to `count`, with probabilities in proportion to k^-exponent; `exponent` >= 0. */
  | { readonly kind: "zipf"; readonly count: number; readonly exponent: number }
  /** Each of `values` with equal probability. */
  | { readonly kind: "empirical"; readonly values: readonly number[] | Float64Array };
