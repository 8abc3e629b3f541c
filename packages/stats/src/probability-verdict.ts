import { clopperPearsonLow } from "./clopper-pearson-low.js";
import type { ObjectiveVerdict } from "./objective.js";
import type { Sample } from "./sample.js";
import { shareVerdict } from "./share-verdict.js";
import type { ShareOptions } from "./share-verdict.js";

/** Judges whether single replications are on the good side with probability at least `level`: see `objectiveVerdict`. */
export function probabilityVerdict(sample: Sample, options: ShareOptions): ObjectiveVerdict {
  const { good, ...judged } = shareVerdict(sample, options);
  const { n, n_failed, confidence } = judged;
  const trials = n + n_failed;
  const error = 1 - confidence;
  return {
    ...judged,
    estimate: good / trials,
    bound_low: trials === 0 ? NaN : clopperPearsonLow({ successes: good, trials, error }),
    bound_high: trials === 0 ? NaN : 1 - clopperPearsonLow({ successes: n - good, trials, error }),
    method: "clopper_pearson",
  };
}
