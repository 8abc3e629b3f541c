import { lowRank } from "./low-rank.js";
import type { ObjectiveVerdict, Side } from "./objective.js";
import type { Sample } from "./sample.js";
import { shareVerdict } from "./share-verdict.js";
import type { ShareOptions } from "./share-verdict.js";
import { sortedQuantile } from "./sorted-quantile.js";
import { sortedValues } from "./sorted-values.js";

/** Judges whether the quantile `level` is on the good side: see `objectiveVerdict`. */
export function quantileVerdict(sample: Sample, options: ShareOptions): ObjectiveVerdict {
  const { side, level, confidence } = options;
  const { good: _, ...judged } = shareVerdict(sample, { ...options, level: side === "below" ? level : 1 - level });
  const sorted = sortedValues(sample);
  const { n, n_failed, flags } = judged;
  const infinite = sorted[0] === -Infinity || sorted[n - 1] === Infinity;
  return {
    ...judged,
    estimate: quantileEstimate(sorted, { n_failed, side, level }),
    ...boundsOf(sorted, { n_failed, level, error: 1 - confidence }),
    method: "order_statistics",
    flags: infinite ? ["infinite_values", ...flags] : flags,
  };
}

/** The order statistics of all replications, the failed ones beyond the end that each bound looks to. */
function boundsOf(
  sorted: Float64Array,
  { n_failed, level, error }: { n_failed: number; level: number; error: number },
): Pick<ObjectiveVerdict, "bound_low" | "bound_high"> {
  const trials = sorted.length + n_failed;
  if (trials === 0) return { bound_low: NaN, bound_high: NaN };
  const fromBelow = lowRank({ n: trials, probability: level, error });
  const fromAbove = lowRank({ n: trials, probability: 1 - level, error });
  return {
    bound_low: sorted[fromBelow - n_failed - 1] ?? -Infinity,
    bound_high: sorted[trials - fromAbove] ?? Infinity,
  };
}

/** Returns the quantile of all replications, given the sorted ones: the others have the worst value there is. */
export function quantileEstimate(
  sorted: Float64Array,
  { n_failed, side, level }: { readonly n_failed: number; readonly side: Side; readonly level: number },
): number {
  const all = new Float64Array(sorted.length + n_failed).fill(side === "below" ? Infinity : -Infinity);
  all.set(sorted, side === "below" ? 0 : n_failed);
  return sortedQuantile(all, level);
}
