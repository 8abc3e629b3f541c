import type { Bounds } from "./bounds-verdict.js";
import { definedValues } from "./defined-values.js";
import type { Estimate } from "./estimate.js";
import { moments } from "./moments.js";
import type { Moments } from "./moments.js";
import { requireCount } from "./require-count.js";
import { requireFraction } from "./require-fraction.js";
import type { Sample } from "./sample.js";
import { studentTQuantile } from "./student-t.js";

export interface MeanIntervalOptions {
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
  /** Replications that produced no value, beside the NaN values of the sample. Default 0. */
  readonly n_failed?: number;
}

/**
 * Returns the mean of independent replications with a two-sided interval; estimate and interval in the unit of the
 * sample. The method is chosen from the sample and named:
 *
 * - `student_t` while |g1| <= 0.1 sqrt(n), g1 the sample skewness: a true skewness of that size moves each side of a
 *   95 % interval by 0.85 points, the leading term g1 (2 z^2 + 1) phi(z) / (6 sqrt(n)) of the Edgeworth expansion (Hall
 *   1992, "The Bootstrap and Edgeworth Expansion", section 2.6);
 * - `hall` beyond it: with W(q) = (3 / g1) [(1 + g1 (q - g1 / (6 n)))^(1/3) - 1], from mean - std W(t_high / sqrt(n)) to
 *   mean - std W(t_low / sqrt(n)), longer on the side of the long tail (Hall 1992, "On the removal of skewness by
 *   transformation", section 2).
 *
 * NaN values are left out, counted in `n_failed` and flagged `undefined_values`. Where there is nothing to estimate:
 *
 * | sample | result | flag |
 * | --- | --- | --- |
 * | no value | all NaN | `no_values` |
 * | one value | that value, interval NaN | `not_estimable_needs_2` |
 * | equal values | an interval of length 0, which proves little | `zero_variance` |
 * | a value, sum or difference is infinite | interval (-Infinity, +Infinity) | `infinite_values` |
 *
 * @throws RangeError unless 0 < confidence < 1 and `n_failed` is an integer >= 0.
 */
export function meanInterval(sample: Sample, { confidence, n_failed = 0 }: MeanIntervalOptions): Estimate {
  const action = "estimate mean";
  requireFraction({ action, name: "confidence", value: confidence });
  requireCount({ action, name: "n_failed", value: n_failed });
  const values = definedValues(sample);
  const found = moments(values);
  const undefinedValues = sample.length - values.length;
  const interval = meanBounds(found, confidence);
  return {
    estimand: "mean",
    estimate: found.mean,
    std_error: found.std / Math.sqrt(found.n),
    ci_low: interval.low,
    ci_high: interval.high,
    confidence,
    method: interval.method,
    n: found.n,
    n_failed: n_failed + undefinedValues,
    flags: [...(undefinedValues > 0 ? ["undefined_values"] : []), ...interval.flags],
  };
}

/** The two ends of `meanInterval`, and how they were made. */
export interface MeanBounds extends Bounds {
  readonly method: "student_t" | "hall";
  readonly flags: readonly string[];
}

/**
 * Of |g1| / sqrt(n). The rule of Cochran 1977, n > 25 g1^2, would be 0.2: measured, it covers up to a point less on
 * skewed laws (lognormal, n = 200: 92.8 % against 93.9 %) and no better on symmetric ones.
 */
const SKEWNESS_LIMIT = 0.1;

/** Returns the ends of `meanInterval` for a sample with these moments. */
export function meanBounds({ n, mean, std, skewness }: Moments, confidence: number): MeanBounds {
  const method = "student_t";
  if (n === 0) return { low: NaN, high: NaN, method, flags: ["no_values"] };
  if (!Number.isFinite(mean)) return { low: -Infinity, high: Infinity, method, flags: ["infinite_values"] };
  if (n === 1) return { low: NaN, high: NaN, method, flags: ["not_estimable_needs_2"] };
  if (!Number.isFinite(std)) return { low: -Infinity, high: Infinity, method, flags: ["infinite_values"] };
  if (std === 0) return { low: mean, high: mean, method, flags: ["zero_variance"] };

  const reach = -studentTQuantile({ probability: (1 - confidence) / 2, degrees: n - 1 }) / Math.sqrt(n);
  if (!isSkewed({ n, skewness })) return { low: mean - std * reach, high: mean + std * reach, method, flags: [] };
  return { ...skewedBounds({ n, mean, std, skewness, reach }), method: "hall", flags: [] };
}

/** Returns whether a sample is so skewed that symmetric ends would err on one side; not if its skewness is NaN. */
export function isSkewed({ n, skewness }: { readonly n: number; readonly skewness: number }): boolean {
  return Math.abs(skewness) > SKEWNESS_LIMIT * Math.sqrt(n);
}

/** Returns the ends that Hall 1992 gives where symmetric ones would lie `reach` standard deviations from the mean. */
export function skewedBounds({
  n,
  mean,
  std,
  skewness,
  reach,
}: Omit<Moments, "variance"> & { readonly reach: number }): Bounds {
  return {
    // At a confidence below about 0.1 the correction can move both ends to one side of the mean.
    low: Math.min(mean, mean - std * unskewed({ q: reach, skewness, n })),
    high: Math.max(mean, mean - std * unskewed({ q: -reach, skewness, n })),
  };
}

/** W(q): the inverse of Hall's cubic transformation of (mean - true mean) / std. */
function unskewed({ q, skewness, n }: { q: number; skewness: number; n: number }): number {
  return (3 / skewness) * (Math.cbrt(1 + skewness * (q - skewness / (6 * n))) - 1);
}
