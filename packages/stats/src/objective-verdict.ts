import { meanVerdict } from "./mean-verdict.js";
import type { ObjectiveOptions, ObjectiveVerdict } from "./objective.js";
import { probabilityVerdict } from "./probability-verdict.js";
import { quantileVerdict } from "./quantile-verdict.js";
import { requireObjective } from "./require-objective.js";
import type { Sample } from "./sample.js";

/**
 * Returns whether independent replications, one number each, prove an objective (`pass`), refute it (`fail`) or do
 * neither (`inconclusive`). Pass and fail each err with probability at most 1 - confidence; for the mean that is what
 * its method aims at. Estimate and bounds are in the unit of the sample, for a probability a ratio.
 *
 * - `probability`: pass if the lower bound of being on the good side (Clopper and Pearson 1934, one-sided) is at least
 *   `level`, fail if the upper one is below it. Failed replications are breaches for the first, good for the second.
 * - `quantile`: the same test, for the quantile `level` is below the limit where P(X < limit) >= level, and above it
 *   where P(X > limit) >= 1 - level, up to ties (David and Nagaraja 2003, section 7.1). The bounds are the order
 *   statistics to which it amounts; failed replications are +Infinity for the upper, -Infinity for the lower.
 * - `mean`: pass if the one-sided bound of `meanInterval` on the side of the limit is beyond it (Student's t, or Hall
 *   1992 where the sample is skewed), fail if the other one is not short of it. A failed replication could have had any
 *   value: then neither.
 *
 * `n_needed` supposes that ratios (counting failures as above) or moments stay as they are. It is NaN where a billion
 * replications would not do: the estimate is on the limit, or the failed replications alone keep it open.
 *
 * | flag | says |
 * | --- | --- |
 * | `pass_needs_<n>` | too few replications to pass even without a breach (Wilks 1941) |
 * | `failed_replications` | they count at their worst |
 * | `undefined_values` | NaN values count as failed replications |
 * | `no_values` | never a pass; without failed replications either, estimate and bounds are NaN |
 * | `not_estimable_needs_2` | one value has a mean but no bounds |
 * | `zero_variance` | equal values have no bounds for the mean: ask for a probability |
 * | `infinite_values` | no bounds for the mean; ordered like others elsewhere |
 *
 * @throws RangeError unless 0 < confidence < 1 (for the mean 0.5 < confidence: a one-sided bound is an end of the
 * two-sided interval at 2 confidence - 1), 0 < level < 1, `limit` is finite and `n_failed` is an integer >= 0.
 */
export function objectiveVerdict(sample: Sample, options: ObjectiveOptions): ObjectiveVerdict {
  const { estimand, level, n_failed } = requireObjective(options);
  if (estimand === "mean") return meanVerdict(sample, { ...options, n_failed });
  const judge = estimand === "quantile" ? quantileVerdict : probabilityVerdict;
  return judge(sample, { ...options, level, n_failed });
}
