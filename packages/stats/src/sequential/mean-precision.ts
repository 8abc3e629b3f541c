import { definedValues } from "../defined-values.js";
import { firstWhere } from "../first-where.js";
import { meanBounds } from "../mean-interval.js";
import { moments } from "../moments.js";
import type { Moments } from "../moments.js";
import { REPLICATIONS_LIMIT } from "../replications-limit.js";
import type { Sample } from "../sample.js";
import { FIRST_LOOK } from "./next-look.js";
import type { MeanPrecisionTarget, Precision, PrecisionReason } from "./precision-target.js";

/** Judges the precision of a mean: see `precisionReached`. */
export function meanPrecision(sample: Sample, target: MeanPrecisionTarget): Precision {
  const found = moments(definedValues(sample));
  const reason = reasonOf(found, target);
  return {
    reached: reason === "reached",
    estimate: found.mean,
    half_width: halfWidth(found, target),
    n_needed: reason === "reached" ? 0 : neededFor(found, target),
    reason,
  };
}

function reasonOf(found: Moments, target: MeanPrecisionTarget): PrecisionReason {
  if (found.n > 0 && !Number.isFinite(found.mean)) return "infinite_values";
  if (found.n < FIRST_LOOK) return "few_values";
  if (!Number.isFinite(found.std)) return "infinite_values";
  if (found.std === 0) return "zero_variance";
  return isShort(found, target) ? "reached" : "wide";
}

function halfWidth(found: Moments, { confidence }: MeanPrecisionTarget): number {
  const { low, high } = meanBounds(found, confidence);
  return (high - low) / 2;
}

function isShort(found: Moments, target: MeanPrecisionTarget): boolean {
  const { half_width, relative_half_width = NaN } = target;
  return halfWidth(found, target) <= (half_width ?? relative_half_width * Math.abs(found.mean));
}

/** How many more values of the same moments would do. */
function neededFor(found: Moments, target: MeanPrecisionTarget): number {
  if (!(found.std > 0) || !Number.isFinite(found.std)) return NaN;
  const holds = (n: number): boolean => isShort({ ...found, n }, target);
  const above = Math.max(found.n, FIRST_LOOK - 1);
  return firstWhere({ above, limit: REPLICATIONS_LIMIT, holds }) - found.n;
}
