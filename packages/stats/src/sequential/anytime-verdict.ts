import type { ObjectiveOptions, ObjectiveVerdict } from "../objective.js";
import { requireObjective } from "../require-objective.js";
import type { Sample } from "../sample.js";
import { anytimeMeanVerdict } from "./anytime-mean-verdict.js";
import { anytimeProbabilityVerdict } from "./anytime-probability-verdict.js";
import { anytimeQuantileVerdict } from "./anytime-quantile-verdict.js";

/**
 * Returns the verdict of `objectiveVerdict` in a form that may be asked after every replication, and acted upon as soon as it
 * decides: over all looks together, pass and fail each err with probability at most 1 - confidence. Failed replications,
 * estimates and flags are as there; bounds are wider.
 *
 * - `probability` and `quantile`: one-sided beta-binomial mixture (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021,
 *   section 3.1), exact for every law and every schedule of looks; method `beta_binomial_confidence_sequence`. 74 clean runs are
 *   the fewest that prove 95 % at 95 %, instead of 59.
 * - `mean`: one-sided asymptotic confidence sequence from 30 values on (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024,
 *   proposition B.1); method `asymptotic_confidence_sequence`. Below 30 values (`not_estimable_needs_30`), with equal ones
 *   (`zero_variance`) and with a failed replication nothing is proven.
 *
 * @throws RangeError unless 0 < confidence < 1, 0 < level < 1, `limit` is finite and `n_failed` is an integer >= 0.
 */
export function anytimeVerdict(sample: Sample, options: ObjectiveOptions): ObjectiveVerdict {
  const objective = requireObjective(options);
  if (objective.estimand === "mean") return anytimeMeanVerdict(sample, objective);
  return objective.estimand === "quantile"
    ? anytimeQuantileVerdict(sample, objective)
    : anytimeProbabilityVerdict(sample, objective);
}
