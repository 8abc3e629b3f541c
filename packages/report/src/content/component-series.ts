import type { ReportSeries, SystemOutline } from "../report-data.js";
import { componentOf, quantityOf } from "./metric-name.js";
import { partsOfSets } from "./parts-of-sets.js";

/**
 * The series of components that are worth drawing: none that is 0 all the time; of sets, only what is recorded of all their parts together, or else
 * the sums of their parts, and of shares the averages: parts are alike.
 */
export function componentSeries(series: readonly ReportSeries[], system: SystemOutline): readonly ReportSeries[] {
  const setOf = partsOfSets(system);
  const recorded = new Set(series.map(({ metric }) => metric));
  const shown: ReportSeries[] = [];
  const parts = new Map<string, ReportSeries[]>();
  for (const one of series) {
    const component = componentOf(one.metric);
    if (component === undefined) continue;
    const set = setOf(component);
    const whole = `${set}.${quantityOf(one.metric)}`;
    if (set === undefined) shown.push(one);
    else if (!recorded.has(whole)) parts.set(whole, [...(parts.get(whole) ?? []), one]);
  }
  const wholes = [...parts].map(([metric, members]) => wholeOf(metric, members));
  return [...shown, ...wholes].filter(({ mean }) => !isZero(mean));
}

/** The mean of a sum is the sum of the means; its band does not follow from their bands. */
function wholeOf(metric: string, members: readonly ReportSeries[]): ReportSeries {
  const { t_s, mean: first } = members[0]!;
  const parts = /_ratio(_|$)/.test(metric) ? members.length : 1;
  const mean = Float64Array.from(first, (_, cell) =>
    members.reduce((total, one) => total + one.mean[cell]! / parts, 0),
  );
  const unknown = new Float64Array(first.length).fill(Number.NaN);
  return { metric, t_s, mean, band_low: unknown, band_high: unknown };
}

/** Whether there is nothing to see: 0 all the time, as far as anything is known. */
export function isZero(values: ArrayLike<number>): boolean {
  return Array.from(values).every((value) => value === 0 || Number.isNaN(value));
}
