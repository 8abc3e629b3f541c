import {
  anytimeInterval,
  anytimeProbabilityInterval,
  anytimeVerdict,
  precisionReached,
  type Estimate,
  type PrecisionTarget,
} from "@loadstar/stats";
import type { ReplicationPlan, StudyObjective } from "./study.js";
import type { PointOutcome } from "./summarise-point.js";

/** What one look at a point found. */
export interface PointLook {
  readonly point_id: string;
  readonly replications: number;
  /** What more replications are needed for; empty when these are enough. */
  readonly unmet: readonly Unmet[];
}

/** A target that is not reached, or an objective that is not decided. */
export interface Unmet {
  /** In words. */
  readonly what: string;
  readonly metric: string;
  readonly estimate: number;
  /** An interval that holds however often it is looked at. */
  readonly anytime_low: number;
  readonly anytime_high: number;
  readonly confidence: number;
  /** Further replications that are needed, as far as these tell; NaN when no number can be named. */
  readonly n_needed: number;
}

/** Looks whether a point has replications enough. Depends on nothing but the replications themselves. */
export function lookAtPoint(
  { targets, until_decided }: ReplicationPlan,
  objectives: readonly StudyObjective[],
  outcome: PointOutcome,
): PointLook {
  const { point_id, metrics, columns, replications, completed } = outcome;
  const positions = new Map(metrics.map(({ name }, position) => [name, position]));
  const sampleOf = (name: string): Float64Array => columns[positions.get(name)!]!;
  const unmet: Unmet[] = [];
  for (const { target, metric, precision } of targets) {
    const sample = sampleOf(metric.name);
    const { reached, estimate, n_needed } = precisionReached(sample, precision);
    if (reached) continue;
    const { ci_low, ci_high, confidence } = anytimeEstimate(sample, precision);
    const shown = { anytime_low: ci_low, anytime_high: ci_high, confidence };
    unmet.push({ what: target, metric: metric.name, estimate, ...shown, n_needed });
  }
  for (const { objective, metric, level, ...rule } of until_decided ? objectives : []) {
    const judged = anytimeVerdict(sampleOf(metric.name), {
      ...rule,
      ...(level === undefined ? {} : { level }),
      n_failed: replications - completed,
    });
    if (judged.verdict !== "inconclusive") continue;
    const { estimate, bound_low, bound_high, confidence, n_needed } = judged;
    const shown = { anytime_low: bound_low, anytime_high: bound_high, confidence };
    unmet.push({ what: objective, metric: metric.name, estimate, ...shown, n_needed });
  }
  return { point_id, replications, unmet };
}

/** The estimate that a target is about, with an interval that holds at all looks together. */
function anytimeEstimate(sample: Float64Array, precision: PrecisionTarget): Estimate {
  const { confidence } = precision;
  if (precision.estimand === "mean") return anytimeInterval(sample, { confidence });
  const { side, limit } = precision;
  const defined = sample.filter((value) => !Number.isNaN(value));
  const good = defined.filter((value) => (side === "below" ? value < limit : value > limit)).length;
  return anytimeProbabilityInterval({ successes: defined.length - good, trials: defined.length, confidence });
}
