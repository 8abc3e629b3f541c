import { cellsOf, histogramsOf, metricsOf, seriesOf, type Plan, type RunResult } from "@loadstar/engine";
import { renderHistogram, renderSparkline, renderStatistics } from "@loadstar/report";
import { tellsSomething, USUAL_SERIES } from "./series-text.js";
import type { Channel } from "./terminal.js";

/** One run for people: its statistics, the histogram of its latencies, its course; of a truncated one the reason. */
export function runText(plan: Plan, result: RunResult, { paint, width }: Channel): string {
  if (result.outcome === "truncated") return `${paint.red("truncated")}: ${result.reason}\n`;
  const metrics = metricsOf(plan);
  const valueOf = (name: string): number => result.metrics[metrics.findIndex((metric) => metric.name === name)]!;
  const latency = histogramsOf(plan).findIndex(({ name }) => name === "latency_s");
  const marks = ["p50", "p95", "p99"].map((label) => ({ label, value: valueOf(`latency_s_${label}`) }));
  return `${[
    renderStatistics(metrics, result.metrics, { width, paint }),
    paint.bold("Latency of completed requests"),
    renderHistogram(result.histograms[latency]!, { unit: "s", width, marks, paint }),
    ...sparklines(plan, result, { width, paint }),
  ].join("\n\n")}\n`;
}

function sparklines(plan: Plan, { series }: RunResult, { width, paint }: Pick<Channel, "width" | "paint">): string[] {
  const cells = cellsOf(plan);
  if (cells === 0) return [];
  const all = seriesOf(plan);
  const label = Math.max(...USUAL_SERIES.map((name) => name.length));
  const lines = USUAL_SERIES.flatMap((name) => {
    const row = all.findIndex((metric) => metric.name === name);
    const values = series.subarray(row * cells, (row + 1) * cells);
    if (!tellsSomething(name, values)) return [];
    return [`${name.padEnd(label)}  ${renderSparkline(values, { width: width - label - 2 })}`];
  });
  return [[paint.bold(`Over ${plan.horizon_s} s`), ...lines].join("\n")];
}
