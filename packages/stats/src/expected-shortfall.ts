import type { Estimate } from "./estimate.js";
import { fewestValues } from "./fewest-values.js";
import { meanBounds } from "./mean-interval.js";
import { moments } from "./moments.js";
import type { QuantileIntervalOptions } from "./quantile-interval.js";
import { requireCount } from "./require-count.js";
import { requireFraction } from "./require-fraction.js";
import type { Sample } from "./sample.js";
import { sortedValues } from "./sorted-values.js";

/** Values that must be expected in the tail. */
const TAIL_VALUES = 50;

/**
 * Returns the expected shortfall: the mean of the worst share 1 - `probability` of outcomes, in the unit of the sample,
 * where large is bad. With V = x_(k), k = ceil(n probability), the estimate is
 *
 *     V + sum max(x_i - V, 0) / (n (1 - probability)),
 *
 * the mean of the n (1 - probability) largest values of which the smallest counts by the fraction that is left of it
 * (Acerbi and Tasche 2002, definition 2.6, in the form of Rockafellar and Uryasev 2000, theorem 1). To first order it varies
 * as the mean excess over a fixed V, so its variance is Var max(X - V, 0) / (n (1 - probability)^2), which contains that
 * of V (Manistre and Hancock 2005), and its interval is that of a mean: by `student_t` or `hall`, as `meanInterval` chooses
 * for the excesses, which are skewed.
 *
 * NaN values are left out, counted in `n_failed` and flagged `undefined_values`.
 *
 * | sample | result | flag |
 * | --- | --- | --- |
 * | no value | all NaN | `no_values` |
 * | n (1 - probability) < 50 | all NaN | `not_estimable_needs_<n>` |
 * | equal values in the tail | an interval of length 0, which proves little | `zero_variance` |
 * | infinite values in the tail | interval (-Infinity, +Infinity) | `infinite_values` |
 *
 * @throws RangeError unless probability and confidence are in (0, 1) and `n_failed` is an integer >= 0.
 */
export function expectedShortfall(
  sample: Sample,
  { probability, confidence, n_failed = 0 }: QuantileIntervalOptions,
): Estimate {
  const action = "estimate expected shortfall";
  requireFraction({ action, name: "probability", value: probability });
  requireFraction({ action, name: "confidence", value: confidence });
  requireCount({ action, name: "n_failed", value: n_failed });
  const sorted = sortedValues(sample);
  const n = sorted.length;
  const undefinedValues = sample.length - n;
  const needed = fewestValues({ count: TAIL_VALUES, share: 1 - probability });
  const { flags, ...found } =
    n < needed
      ? nothing(n === 0 ? "no_values" : `not_estimable_needs_${needed}`)
      : shortfallOf(sorted, { probability, confidence });
  return {
    estimand: `expected_shortfall_${probability}`,
    ...found,
    confidence,
    n,
    n_failed: n_failed + undefinedValues,
    flags: [...(undefinedValues > 0 ? ["undefined_values"] : []), ...flags],
  };
}

type Shortfall = Pick<Estimate, "estimate" | "std_error" | "ci_low" | "ci_high" | "method" | "flags">;

function nothing(flag: string): Shortfall {
  return { estimate: NaN, std_error: NaN, ci_low: NaN, ci_high: NaN, method: "student_t", flags: [flag] };
}

function shortfallOf(
  sorted: Float64Array,
  { probability, confidence }: { readonly probability: number; readonly confidence: number },
): Shortfall {
  const n = sorted.length;
  const share = 1 - probability;
  const valueAtRisk = sorted[Math.max(0, n - 1 - Math.floor(n * share * ROUNDING))];
  const excess = moments(sorted.map((value) => Math.max(value - valueAtRisk, 0)));
  const { low, high, method, flags } = meanBounds(excess, confidence);
  if (!Number.isFinite(excess.mean)) {
    // V or the largest value is infinite: their sum is what the tail adds up to.
    const estimate = valueAtRisk + sorted[n - 1];
    return { estimate, std_error: NaN, ci_low: -Infinity, ci_high: Infinity, method, flags };
  }
  return {
    estimate: valueAtRisk + excess.mean / share,
    std_error: excess.std / Math.sqrt(n) / share,
    ci_low: valueAtRisk + low / share,
    ci_high: valueAtRisk + high / share,
    method,
    flags,
  };
}

/** Room for rounding where n (1 - probability) is an integer; one rank too far changes V, not the sum. */
const ROUNDING = 1 + 1e-12;
