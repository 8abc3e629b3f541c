import { metricsOf, type Metric, type Plan } from "@loadstar/engine";
import {
  ADAPTIVE_DEFAULTS,
  didYouMean,
  SWEEP_DEFAULTS,
  type DataPath,
  type PrecisionTarget,
  type Sweep,
} from "@loadstar/scenario";
import { matchesAny } from "./metric-pattern.js";
import type { ReplicationPlan, StudyTarget } from "./study.js";

/** What is wrong with a target that is right by itself. */
export interface TargetFinding {
  readonly path: DataPath;
  readonly message: string;
}

/** How many replications a study makes, or what is wrong with that: each target must be for a metric that every run gives. */
export function replicationPlan(
  { replications = SWEEP_DEFAULTS.replications, confidence = SWEEP_DEFAULTS.confidence }: Sweep,
  plan: Plan,
): { readonly replications: ReplicationPlan; readonly findings: readonly TargetFinding[] } {
  if (typeof replications === "number") {
    const fixed = { min: replications, max: replications, targets: [], until_decided: false };
    return { replications: fixed, findings: [] };
  }
  const { min = ADAPTIVE_DEFAULTS.min, max = ADAPTIVE_DEFAULTS.max, target = [], until_decided = false } = replications;
  const { targets, findings } = studyTargets(target, { plan, confidence });
  return { replications: { min, max, targets, until_decided }, findings };
}

/** The plan as plain data for people and files: a number where it is fixed, otherwise its bounds and what decides. */
export function replicationsData({ min, max, targets, until_decided }: ReplicationPlan): number | object {
  return min === max ? min : { min, max, targets: targets.map(({ target }) => target), until_decided };
}

function studyTargets(
  target: PrecisionTarget | readonly PrecisionTarget[],
  { plan, confidence }: { readonly plan: Plan; readonly confidence: number },
): { readonly targets: readonly StudyTarget[]; readonly findings: readonly TargetFinding[] } {
  const all = metricsOf(plan);
  const targets: StudyTarget[] = [];
  const findings: TargetFinding[] = [];
  for (const [index, wanted] of [target].flat().entries()) {
    const metrics = all.filter(({ name }) => matchesAny([wanted.metric], name));
    targets.push(...metrics.map((metric) => studyTarget(wanted, metric, confidence)));
    if (metrics.length > 0) continue;
    const names = all.map(({ name }) => name);
    const message = `there is no metric ${JSON.stringify(wanted.metric)}${didYouMean(wanted.metric, names)}`;
    const place = Array.isArray(target) ? [index] : [];
    findings.push({ path: ["replications", "target", ...place, "metric"], message });
  }
  return { targets, findings };
}

function studyTarget(target: PrecisionTarget, metric: Metric, sweepConfidence: number): StudyTarget {
  const { half_width, relative_half_width, below, above, min_events } = target;
  const limit = below ?? above;
  const side = below === undefined ? "above" : "below";
  const breaking = limit === undefined ? "" : ` not ${side} ${limit}: probability`;
  const within = half_width === undefined ? `${Number((100 * relative_half_width!).toPrecision(12))} %` : half_width;
  const common = {
    confidence: target.confidence ?? sweepConfidence,
    ...(half_width === undefined ? {} : { half_width }),
    ...(relative_half_width === undefined ? {} : { relative_half_width }),
  };
  return {
    target: `${metric.name}${breaking} within ${within}`,
    metric,
    precision:
      limit === undefined
        ? { ...common, estimand: "mean" }
        : { ...common, estimand: "probability", side, limit, ...(min_events === undefined ? {} : { min_events }) },
  };
}
