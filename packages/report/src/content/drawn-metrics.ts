import type { ReportData } from "../report-data.js";

const METRICS = ["latency_s_p95", "throughput_per_s", "error_ratio"];

/** Returns the metrics of objectives, then the usual ones, without those that are the same at all points. */
export function drawnMetrics({ metrics, objectives, summary }: ReportData): readonly string[] {
  const means = summary.filter(({ estimand }) => estimand === "mean");
  const varies = (metric: string): boolean =>
    new Set(means.filter((row) => row.metric === metric).map(({ estimate }) => estimate)).size > 1;
  const known = new Set(metrics.map(({ name }) => name));
  const wanted = [...new Set([...objectives.map(({ metric }) => metric), ...METRICS])];
  const drawn = wanted.filter((metric) => known.has(metric) && varies(metric));
  return drawn.length > 0
    ? drawn
    : metrics
        .map(({ name }) => name)
        .filter((name) => varies(name))
        .slice(0, 1);
}
