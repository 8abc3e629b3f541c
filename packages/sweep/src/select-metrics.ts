import type { Metric } from "@loadstar/engine";
import type { Measured } from "./measured.js";
import { matchesAny } from "./metric-pattern.js";
import type { KeptMetrics } from "./study.js";

/** Without a choice, metrics of replicas and of other single components are kept up to this many columns in all. */
const DEFAULT_COLUMNS = 200;

/** Which patterns found nothing to match. */
export interface Selection {
  readonly kept: KeptMetrics;
  readonly unmatched: readonly string[];
}

/**
 * Chooses what is kept of what is measured: what a pattern names (`*` stands for any text); without patterns all
 * of it, or all but single replicas when that would be more than 200 columns, or only the metrics of the whole system when that is still more; in any case those that are
 * `judged`. A series or histogram is kept
 * when the pattern names it or a metric of the same quantity.
 */
export function selectMetrics(
  measured: Measured,
  patterns: readonly string[] | undefined,
  judged: readonly string[] = [],
): Selection {
  const chosen =
    patterns === undefined ? byDefault(measured) : ({ name }: Metric): boolean => matchesAny(patterns, name);
  const keep = (metric: Metric): boolean => chosen(metric) || judged.includes(metric.name);
  const metrics = measured.metrics.filter(keep);
  const quantities = new Set(metrics.map(({ name }) => name.slice(0, name.lastIndexOf("_"))));
  const named = [...measured.metrics, ...measured.series, ...measured.histograms];
  return {
    kept: {
      metrics,
      series: measured.series.filter(keep),
      histograms: measured.histograms.filter((metric) => keep(metric) || quantities.has(metric.name)),
      left_out: measured.metrics.length - metrics.length,
    },
    unmatched: (patterns ?? []).filter((pattern) => !named.some(({ name }) => matchesAny([pattern], name))),
  };
}

function byDefault({ metrics, copies }: Measured): (metric: Metric) => boolean {
  if (metrics.length <= DEFAULT_COLUMNS) return () => true;
  const isApart = ({ component }: Metric): boolean => component === undefined || !copies.has(component);
  if (metrics.filter(isApart).length <= DEFAULT_COLUMNS) return isApart;
  return ({ component }) => component === undefined;
}
