import { measuresOf } from "./measures/measures-of.js";
import type { Metric } from "./metric.js";
import type { Plan } from "./plan.js";

/** All metrics of a plan, in the order of `RunResult.metrics`. */
export function metricsOf(plan: Plan): readonly Metric[] {
  return measuresOf(plan).map(({ metric }) => metric);
}
