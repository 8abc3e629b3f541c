import { definedValues } from "../defined-values.js";
import type { Estimate } from "../estimate.js";
import { meanBounds, meanInterval } from "../mean-interval.js";
import { moments } from "../moments.js";
import type { Sample } from "../sample.js";

/**
 * Returns the mean over R independent randomisations of one design, from the mean of each: unit of the means. `means`
 * has one value for each `latinHypercube` or `sobolPoints`, drawn with random numbers of its own.
 *
 * The interval is Student's t with R - 1 degrees, `randomizations_t`, whatever the skewness: over nets it covers better
 * than its refinements (L'Ecuyer, Nakayama, Owen and Tuffin 2023, "Confidence intervals for randomized quasi-Monte Carlo
 * estimators"). The points of one design give no error: they are not independent.
 *
 * Samples without an interval are treated as by `meanInterval`.
 *
 * @throws RangeError unless 0 < confidence < 1.
 */
export function designMean(means: Sample, { confidence }: { readonly confidence: number }): Estimate {
  const found = meanInterval(means, { confidence });
  const { low, high } = meanBounds({ ...moments(definedValues(means)), skewness: 0 }, confidence);
  return { ...found, method: "randomizations_t", ci_low: low, ci_high: high };
}
