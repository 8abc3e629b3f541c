import type { ObjectiveVerdict } from "../objective.js";
import type { RequiredObjective } from "../require-objective.js";
import type { Sample } from "../sample.js";
import { anytimeShare, isProven } from "./anytime-share.js";
import type { ShareClaim } from "./anytime-share.js";
import { lastWhere } from "./last-where.js";

/** Judges whether single replications are on the good side often enough: see `anytimeVerdict`. */
export function anytimeProbabilityVerdict(sample: Sample, options: RequiredObjective): ObjectiveVerdict {
  const { good, ...judged } = anytimeShare(sample, options);
  const { n, n_failed, confidence } = judged;
  const trials = n + n_failed;
  const common = { trials, error: 1 - confidence };
  return {
    ...judged,
    estimate: good / trials,
    bound_low: trials === 0 ? NaN : lowBound({ ...common, successes: good }),
    bound_high: trials === 0 ? NaN : 1 - lowBound({ ...common, successes: n - good }),
  };
}

/** The largest probability of success that is proven to be exceeded; 0 if none is. */
function lowBound(counts: Omit<ShareClaim, "probability">): number {
  if (counts.successes === 0) return 0;
  const open = (probability: number): boolean => !isProven({ ...counts, probability });
  const ratio = counts.successes / counts.trials;
  return lastWhere({ holds_at: ratio, until: 0, holds: open });
}
