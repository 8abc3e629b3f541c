import type { ReportSeries, SystemOutline } from "../report-data.js";
import { componentOf, quantityOf } from "./metric-name.js";
import { partsOfSets } from "./parts-of-sets.js";

/**
 * The series of components that are worth drawing: none that is 0 all the time; of sets, only what is recorded of all their parts together, or else
 * the sums of their parts, as far as a sum means something.
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
    if (set === undefined || (!recorded.has(whole) && !isAdditive(one.metric))) shown.push(one);
    else if (!recorded.has(whole)) parts.set(whole, [...(parts.get(whole) ?? []), one]);
  }
  const sums = [...parts].map(([metric, members]) => (members.length === 1 ? members[0]! : sumOf(metric, members)));
  return [...shown, ...sums].filter(({ mean }) => !isZero(mean));
}

/** Shares do not add up. */
function isAdditive(metric: string): boolean {
  return !/_ratio(_|$)/.test(metric);
}

/** The mean of a sum is the sum of the means; its band does not follow from their bands. */
function sumOf(metric: string, members: readonly ReportSeries[]): ReportSeries {
  const { t_s, mean } = members[0]!;
  const sum = Float64Array.from(mean, (_, cell) => members.reduce((total, one) => total + one.mean[cell]!, 0));
  const unknown = new Float64Array(mean.length).fill(Number.NaN);
  return { metric, t_s, mean: sum, band_low: unknown, band_high: unknown };
}

function isZero(values: ArrayLike<number>): boolean {
  return Array.from(values).every((value) => value === 0 || Number.isNaN(value));
}
