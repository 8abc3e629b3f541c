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

/** Puts the component's id before the names. */
export function ofComponent(component: string, measures: readonly Measure[]): readonly Measure[] {
  return measures.map(({ metric, read }) => ({
    metric: { ...metric, name: `${component}.${metric.name}`, component },
    read,
  }));
}
