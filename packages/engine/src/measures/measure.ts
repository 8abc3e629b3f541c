import type { Metric } from "../metric.js";
import type { Recorded } from "./recorded.js";

/** A metric together with how it is read from what was recorded. */
export interface Measure {
  readonly metric: Metric;
  readonly read: (recorded: Recorded) => number;
}

export function measure(
  name: string,
  unit: string,
  description: string,
  read: (recorded: Recorded) => number,
): Measure {
  return { metric: { name, unit, description }, read };
}

/** Puts the component's id before the names, or what else names begin with that are of a part of it. */
export function ofComponent(
  component: string,
  measures: readonly Measure[],
  prefix: string = component,
): readonly Measure[] {
  return measures.map(({ metric, read }) => ({
    metric: { ...metric, name: `${prefix}.${metric.name}`, component },
    read,
  }));
}
