import { firstWhere } from "../first-where.js";
import { normalQuantile } from "../normal-quantile.js";
import { wilsonLow } from "../proportion-interval.js";
import { REPLICATIONS_LIMIT } from "../replications-limit.js";
import type { Sample } from "../sample.js";
import { shareCounts } from "../share-counts.js";
import { FIRST_LOOK } from "./next-look.js";
import type { Precision, PrecisionReason, ProbabilityPrecisionTarget } from "./precision-target.js";

/** Judges the precision of the probability of not being on the good side: see `precisionReached`. */
export function probabilityPrecision(sample: Sample, target: ProbabilityPrecisionTarget): Precision {
  const { n, n_failed, good } = shareCounts(sample, target);
  const counts: Counts = { bad: n - good, good, failed: n_failed };
  const reason = reasonOf(counts, target);
  return {
    reached: reason === "reached",
    estimate: counts.bad / n,
    half_width: halfWidth(counts, target),
    n_needed: reason === "reached" ? 0 : neededFor(counts, target),
    reason,
  };
}

/** Of replications. The planner scales them, so they need not be integers there. */
interface Counts {
  readonly bad: number;
  readonly good: number;
  readonly failed: number;
}

const MIN_EVENTS = 10;

function reasonOf(counts: Counts, target: ProbabilityPrecisionTarget): PrecisionReason {
  const { bad, good } = counts;
  if (bad + good < FIRST_LOOK) return "few_values";
  if (Math.min(bad, good) < (target.min_events ?? MIN_EVENTS)) return "few_events";
  return isShort(counts, target) ? "reached" : "wide";
}

/** Of the interval that Wilson's score gives when the failed replications are on the worse side for each end. */
function halfWidth({ bad, good, failed }: Counts, { confidence }: ProbabilityPrecisionTarget): number {
  const trials = bad + good + failed;
  if (trials === 0) return NaN;
  const z = -normalQuantile((1 - confidence) / 2);
  return (1 - wilsonLow({ successes: good, trials, z }) - wilsonLow({ successes: bad, trials, z })) / 2;
}

function isShort(counts: Counts, target: ProbabilityPrecisionTarget): boolean {
  const { half_width, relative_half_width = NaN } = target;
  return halfWidth(counts, target) <= (half_width ?? (relative_half_width * counts.bad) / (counts.bad + counts.good));
}

/** How many more replications of the same shares would do. */
function neededFor(counts: Counts, target: ProbabilityPrecisionTarget): number {
  const { bad, good, failed } = counts;
  if (bad === 0 || good === 0) return NaN;
  const trials = bad + good + failed;
  const holds = (total: number): boolean => {
    const growth = total / trials;
    const grown = { bad: bad * growth, good: good * growth, failed: failed * growth };
    return reasonOf(grown, target) === "reached";
  };
  return firstWhere({ above: trials, limit: REPLICATIONS_LIMIT, holds }) - trials;
}
