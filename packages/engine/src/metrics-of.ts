import { measuresByPart, measuresOf, type MeasuredPart } from "./measures/measures-of.js";
import type { Metric } from "./metric.js";
import type { Plan } from "./plan.js";

/** All metrics of a plan, in the order of `RunResult.metrics`. */
export function metricsOf(plan: Plan): readonly Metric[] {
  return measuresOf(plan).map(({ metric }) => metric);
}

/** The same with what they are about. */
export function metricsByPart(plan: Plan): readonly (readonly [MeasuredPart, readonly Metric[]])[] {
  return measuresByPart(plan).map(([part, measures]) => [part, measures.map(({ metric }) => metric)]);
}
