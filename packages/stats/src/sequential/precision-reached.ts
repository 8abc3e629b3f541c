import { requireCount } from "../require-count.js";
import { requireFraction } from "../require-fraction.js";
import { requirePositive } from "../require-positive.js";
import type { Sample } from "../sample.js";
import { meanPrecision } from "./mean-precision.js";
import type { Precision, PrecisionTarget } from "./precision-target.js";
import { probabilityPrecision } from "./probability-precision.js";

/**
 * Returns whether replications, one number each, are enough to stop: whether the interval around their mean
 * (`meanInterval`), or around the share of them that is not on the good side of a limit (`wilsonInterval`), is as short as
 * the target asks. Ask on the schedule of `nextLook`, not after every replication.
 *
 * A short interval alone is no reason to stop, because a sample that happens to vary little stops first:
 *
 * - a mean needs 30 values that are not all equal;
 * - a probability needs `min_events` replications on either side of the limit. With probability 0.01 a relative
 *   half-width of 0.2, asked from 30 replications on, otherwise stops at once when none has happened: it covers 24 %
 *   instead of 95 % (`SEQUENTIAL.md`).
 *
 * NaN values say nothing about a mean and are left out, as in its interval. For a probability they are on either side, the
 * worse one for each end of the interval, and are no events.
 *
 * `n_needed` supposes that moments or ratios stay as they are: a plan, not a promise. It is NaN where there are none yet
 * (zero variance, no event), where the estimate is 0 and the target relative, and where a billion would not do.
 *
 * @throws RangeError unless 0 < confidence < 1, exactly one of the half-widths is given, it is positive and finite, `limit`
 * is finite and `min_events` an integer >= 1.
 */
export function precisionReached(sample: Sample, target: PrecisionTarget): Precision {
  requireTarget(target);
  return target.estimand === "mean" ? meanPrecision(sample, target) : probabilityPrecision(sample, target);
}

function requireTarget(target: PrecisionTarget): void {
  const action = "judge precision";
  const { confidence, half_width, relative_half_width } = target;
  requireFraction({ action, name: "confidence", value: confidence });
  if ((half_width === undefined) === (relative_half_width === undefined)) {
    const found = half_width === undefined ? "neither" : "both";
    throw new RangeError(
      `Cannot ${action}: target must be half_width or relative_half_width: current value is ${found}`,
    );
  }
  const name = half_width === undefined ? "relative_half_width" : "half_width";
  requirePositive({ action, name, value: half_width ?? relative_half_width ?? NaN });
  if (target.estimand === "mean") return;
  const { limit, min_events = 1 } = target;
  if (!Number.isFinite(limit)) {
    throw new RangeError(`Cannot ${action}: limit must be finite: current value is ${limit}`);
  }
  requireCount({ action, name: "min_events", value: min_events });
  requirePositive({ action, name: "min_events", value: min_events });
}
