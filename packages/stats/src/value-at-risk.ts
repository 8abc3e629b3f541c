import type { Estimate } from "./estimate.js";
import { fewestValues } from "./fewest-values.js";
import { quantileInterval } from "./quantile-interval.js";
import type { QuantileIntervalOptions } from "./quantile-interval.js";
import type { Sample } from "./sample.js";

/** Values that must be expected on each side of a quantile that is shown as a risk. */
const VALUES_PER_SIDE = 10;

/**
 * Returns the value at risk: what the outcome of one replication exceeds with probability 1 - `probability`, in the unit
 * of the sample, where large is bad. It is the quantile of `quantileInterval`, with its exact interval, under one more
 * rule: n probability and n (1 - probability) must be at least 10. Below that everything is NaN and flagged
 * `not_estimable_needs_<n>`, for a number shown as a risk is acted upon, whatever its interval says.
 *
 * NaN and infinite values and an empty sample are as in `quantileInterval`.
 *
 * @throws RangeError unless probability and confidence are in (0, 1) and `n_failed` is an integer >= 0.
 */
export function valueAtRisk(sample: Sample, options: QuantileIntervalOptions): Estimate {
  const { probability } = options;
  const found = quantileInterval(sample, options);
  const estimand = `value_at_risk_${probability}`;
  const needed = fewestValues({ count: VALUES_PER_SIDE, share: Math.min(probability, 1 - probability) });
  if (found.n === 0 || found.n >= needed) return { ...found, estimand };
  const undefinedFlags = found.flags.filter((flag) => flag === "undefined_values");
  const flags = [...undefinedFlags, `not_estimable_needs_${needed}`];
  return { ...found, estimand, estimate: NaN, ci_low: NaN, ci_high: NaN, flags };
}
