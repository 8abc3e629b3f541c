import { histogramsOf, metricsOf, seriesOf, type Metric, type Plan } from "@loadstar/engine";
import { matchesAny } from "./metric-pattern.js";
import type { KeptMetrics } from "./study.js";

/** Without a choice, metrics of single components are kept up to this many columns in all. */
const DEFAULT_COLUMNS = 200;

/** Which patterns found nothing to match. */
export interface Selection {
  readonly kept: KeptMetrics;
  readonly unmatched: readonly string[];
}

/**
 * Chooses what is kept of a plan's metrics: those that a pattern names (`*` stands for any text); without patterns all
 * of them, or only those of the whole system when all would be more than 200 columns; in any case those that are
 * `judged`. A series or histogram is kept
 * when the pattern names it or a metric of the same quantity.
 */
export function selectMetrics(
  plan: Plan,
  patterns: readonly string[] | undefined,
  judged: readonly string[] = [],
): Selection {
  const all = metricsOf(plan);
  const chosen = patterns === undefined ? byDefault(all) : ({ name }: Metric): boolean => matchesAny(patterns, name);
  const keep = (metric: Metric): boolean => chosen(metric) || judged.includes(metric.name);
  const metrics = positionsWhere(all, keep);
  const series = positionsWhere(seriesOf(plan), keep);
  const quantities = new Set(pick(all, metrics).map(({ name }) => name.slice(0, name.lastIndexOf("_"))));
  const histograms = positionsWhere(histogramsOf(plan), (metric) => keep(metric) || quantities.has(metric.name));
  const named = [...all, ...seriesOf(plan), ...histogramsOf(plan)];
  return {
    kept: {
      metrics: pick(all, metrics),
      series: pick(seriesOf(plan), series),
      histograms: pick(histogramsOf(plan), histograms),
      positions: { metrics, series, histograms },
      left_out: all.length - metrics.length,
    },
    unmatched: (patterns ?? []).filter((pattern) => !named.some(({ name }) => matchesAny([pattern], name))),
  };
}

function byDefault(all: readonly Metric[]): (metric: Metric) => boolean {
  if (all.length <= DEFAULT_COLUMNS) return () => true;
  return ({ component }) => component === undefined;
}

function positionsWhere(metrics: readonly Metric[], keep: (metric: Metric) => boolean): Int32Array {
  return Int32Array.from(metrics.flatMap((metric, position) => (keep(metric) ? [position] : [])));
}

function pick(metrics: readonly Metric[], positions: Int32Array): readonly Metric[] {
  return Array.from(positions, (position) => metrics[position]!);
}
