import { anytimeVerdict, objectiveVerdict } from "@loadstar/stats";
import type { ObjectiveRow } from "@loadstar/store";
import type { Study } from "./study.js";
import type { PointOutcome } from "./summarise-point.js";

/**
 * The verdicts on one point. Replications that did not complete count as failed: at their worst. A study that adds replications
 * until its objectives are decided looks at them again and again: then verdicts are those that allow for it.
 */
export function judgePoint(
  { objectives, replications: { until_decided } }: Pick<Study, "objectives" | "replications">,
  { point_id, metrics, columns, replications, completed }: PointOutcome,
): readonly ObjectiveRow[] {
  const positions = new Map(metrics.map(({ name }, position) => [name, position]));
  const judge = until_decided ? anytimeVerdict : objectiveVerdict;
  return objectives.map(({ objective, metric, side, limit, estimand, level, confidence }) => ({
    point_id,
    objective,
    metric: metric.name,
    side,
    limit,
    estimand: level === undefined ? estimand : `${estimand}_${level}`,
    ...judge(columns[positions.get(metric.name)!]!, {
      side,
      limit,
      estimand,
      ...(level === undefined ? {} : { level }),
      confidence,
      n_failed: replications - completed,
    }),
  }));
}
