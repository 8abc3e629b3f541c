import { metricsOf, type Plan } from "@loadstar/engine";
import type { StudyPoint } from "./study.js";

/** The first point that measures other metrics than the first of all does, having other components; undefined without one. */
export function pointWithOtherMetrics(points: readonly StudyPoint[]): StudyPoint | undefined {
  const names = points.length === 0 ? "" : metricNames(points[0]!.plan);
  return points.find(({ plan }) => metricNames(plan) !== names);
}

function metricNames(plan: Plan): string {
  return metricsOf(plan)
    .map(({ name }) => name)
    .join("\n");
}
