import { renderSeries, type SeriesRow } from "@loadstar/report";
import type { Results } from "@loadstar/store";
import { matchesAny, unitOfName } from "@loadstar/sweep";
import type { SummaryView } from "./summary-view.js";
import type { Channel } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** Series that are shown unless others are asked for. */
export const USUAL_SERIES: readonly string[] = ["throughput_per_s", "errors_per_s", "latency_s_mean", "in_flight_mean"];

/** Whether a usual series is worth a line: errors are only where there are some. */
export function tellsSomething(metric: string, values: ArrayLike<number>): boolean {
  return metric !== "errors_per_s" || Array.from(values).some((value) => value > 0);
}

/**
 * Sparklines of the means over time, by metric and point; without patterns of the usual series, or of all where none of these was kept.
 * @throws UsageError when no series matches the patterns
 */
export async function seriesText(
  results: Results,
  { points }: Pick<SummaryView, "points">,
  { patterns, width, paint }: { readonly patterns: readonly string[] } & Pick<Channel, "width" | "paint">,
): Promise<string> {
  const all: SeriesRow[] = [];
  for await (const { point_id, metric, t_s, mean } of results.readSeries()) all.push({ point_id, metric, t_s, mean });
  const told = new Set(all.filter(({ metric, mean }) => tellsSomething(metric, mean)).map(({ metric }) => metric));
  const usual = all.filter(({ metric }) => USUAL_SERIES.includes(metric) && told.has(metric));
  const named = all.filter(({ metric }) => matchesAny(patterns, metric));
  if (patterns.length > 0 && named.length === 0) {
    throw new UsageError(`--series must match a series of the results: current value is ${patterns.join(", ")}`);
  }
  const rows = patterns.length > 0 ? named : usual.length > 0 ? usual : all;
  const units = new Map(rows.map(({ metric }) => [metric, unitOfName(metric)]));
  return renderSeries(rows, { points, units, width, paint });
}
