import { histogramsOf, metricsOf, seriesOf, type Metric, type Plan } from "@loadstar/engine";
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
 * of them, or only those of the whole system when all would be more than 200 columns. A series or histogram is kept
 * when the pattern names it or a metric of the same quantity.
 */
export function selectMetrics(plan: Plan, patterns: readonly string[] | undefined): Selection {
  const all = metricsOf(plan);
  const keep = patterns === undefined ? byDefault(all) : matcher(patterns);
  const metrics = positionsWhere(all, keep);
  const series = positionsWhere(seriesOf(plan), keep);
  const histograms = positionsWhere(
    histogramsOf(plan),
    (histogram) =>
      keep(histogram) || all.some((metric) => metric.name.startsWith(`${histogram.name}_`) && keep(metric)),
  );
  const named = [...all, ...seriesOf(plan), ...histogramsOf(plan)];
  return {
    kept: {
      metrics: pick(all, metrics),
      series: pick(seriesOf(plan), series),
      histograms: pick(histogramsOf(plan), histograms),
      positions: { metrics, series, histograms },
      left_out: all.length - metrics.length,
    },
    unmatched: (patterns ?? []).filter((pattern) => !named.some(matcher([pattern]))),
  };
}

function byDefault(all: readonly Metric[]): (metric: Metric) => boolean {
  if (all.length <= DEFAULT_COLUMNS) return () => true;
  return ({ component }) => component === undefined;
}

function matcher(patterns: readonly string[]): (metric: Metric) => boolean {
  return ({ name }) => patterns.some((pattern) => matches(pattern, name));
}

/** Whether the text is the pattern with every `*` replaced by some text. Linear: the leftmost fit of each part will do. */
function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function positionsWhere(metrics: readonly Metric[], keep: (metric: Metric) => boolean): Int32Array {
  return Int32Array.from(metrics.flatMap((metric, position) => (keep(metric) ? [position] : [])));
}

function pick(metrics: readonly Metric[], positions: Int32Array): readonly Metric[] {
  return Array.from(positions, (position) => metrics[position]!);
}
