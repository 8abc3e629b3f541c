import { objectiveVerdict } from "@loadstar/stats";
import type { ObjectiveRow } from "@loadstar/store";
import type { StudyObjective } from "./study.js";
import type { PointOutcome } from "./summarise-point.js";

/** The verdicts on one point. Replications that did not complete count as failed: at their worst. */
export function judgePoint(
  objectives: readonly StudyObjective[],
  { point_id, metrics, columns, replications, completed }: PointOutcome,
): readonly ObjectiveRow[] {
  const positions = new Map(metrics.map(({ name }, position) => [name, position]));
  return objectives.map(({ objective, metric, side, limit, estimand, level, confidence }) => ({
    point_id,
    objective,
    metric: metric.name,
    side,
    limit,
    estimand: level === undefined ? estimand : `${estimand}_${level}`,
    ...objectiveVerdict(columns[positions.get(metric.name)!]!, {
      side,
      limit,
      estimand,
      ...(level === undefined ? {} : { level }),
      confidence,
      n_failed: replications - completed,
    }),
  }));
}
