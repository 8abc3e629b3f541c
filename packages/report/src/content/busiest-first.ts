import type { SummaryTableRow } from "../summary/summary-row.js";
import { componentOf, quantityOf } from "./metric-name.js";

/** The components by the highest share of anything of theirs that is in use at a point, those without any last, in their own order. */
export function busiestFirst(
  components: readonly string[],
  summary: readonly SummaryTableRow[],
  point_id: string,
): readonly string[] {
  const highest = new Map<string, number>();
  for (const row of summary) {
    if (row.point_id !== point_id || row.estimand !== "mean" || !isUtilization(row.metric)) continue;
    const component = componentOf(row.metric);
    if (component === undefined || Number.isNaN(row.estimate)) continue;
    highest.set(component, Math.max(highest.get(component) ?? 0, row.estimate));
  }
  const shareOf = (component: string): number => highest.get(component) ?? -1;
  return components.toSorted((one, other) => shareOf(other) - shareOf(one));
}

/** Whether a metric says which share of something is in use. */
export function isUtilization(metric: string): boolean {
  return /(^|_)utilization_ratio$/.test(quantityOf(metric));
}
