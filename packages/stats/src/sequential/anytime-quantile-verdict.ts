import { firstWhere } from "../first-where.js";
import type { ObjectiveVerdict } from "../objective.js";
import type { RequiredObjective } from "../require-objective.js";
import type { Sample } from "../sample.js";
import { quantileEstimate } from "../quantile-verdict.js";
import { sortedValues } from "../sorted-values.js";
import { anytimeShare, isProven } from "./anytime-share.js";

/** Judges whether the quantile `level` is on the good side: see `anytimeVerdict`. */
export function anytimeQuantileVerdict(sample: Sample, options: RequiredObjective): ObjectiveVerdict {
  const { side, level, confidence } = options;
  const { good: _, ...judged } = anytimeShare(sample, { ...options, level: side === "below" ? level : 1 - level });
  const sorted = sortedValues(sample);
  const { n, n_failed, flags } = judged;
  const infinite = sorted[0] === -Infinity || sorted[n - 1] === Infinity;
  return {
    ...judged,
    estimate: quantileEstimate(sorted, { n_failed, side, level }),
    ...boundsOf(sorted, { n_failed, level, error: 1 - confidence }),
    flags: infinite ? ["infinite_values", ...flags] : flags,
  };
}

/** The order statistics that the evidence leaves on either side, failed replications beyond the end of each. */
function boundsOf(
  sorted: Float64Array,
  { n_failed, level, error }: { n_failed: number; level: number; error: number },
): Pick<ObjectiveVerdict, "bound_low" | "bound_high"> {
  const n = sorted.length;
  const trials = n + n_failed;
  if (trials === 0) return { bound_low: NaN, bound_high: NaN };
  const fewestFor = (probability: number): number =>
    firstWhere({ above: 0, limit: n, holds: (successes) => isProven({ successes, trials, probability, error }) });
  return {
    bound_low: sorted[n - fewestFor(1 - level)] ?? -Infinity,
    bound_high: sorted[fewestFor(level) - 1] ?? Infinity,
  };
}
