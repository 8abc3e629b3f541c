import type { Metric } from "@loadstar/engine";
import {
  createResults,
  type ObjectiveRow,
  type Points,
  type RunRows,
  type SummaryRow,
  type WriteMode,
} from "../src/index.js";

/** Ids that break careless programs: markup, paths, new lines, a byte order mark, no character at all. */
export const HOSTILE_IDS = [
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "a\nb\r\n",
  "\uFEFFbom",
  "",
  "日本 🚀",
  "a\0b",
];

export const POINTS: Points = {
  parameters: [
    { name: "users", type: "number", unit: "1", description: "Active users" },
    { name: "algorithm", type: "string" },
    { name: "cached", type: "boolean" },
  ],
  rows: [
    { point_id: "p0", values: [100, "round_robin", true] },
    { point_id: "p1", values: [Number.NaN, "least_outstanding", false] },
    { point_id: "p2", values: [null, null, null] },
    { point_id: "p3", values: [0.5, "round_robin", true] },
  ],
};

export const METRICS: readonly Metric[] = [
  { name: "latency_s_p95", unit: "s", description: "95 % quantile of the latency" },
  { name: "requests_completed", unit: "1", description: "Requests that came back" },
];

/** `count` completed replications with the metrics (k, 2k), k the number of the replication. */
export function completedRuns(point_id: string, first_replication: number, count: number): RunRows {
  const metrics = Float64Array.from({ length: 2 * count }, (_, index) => {
    const replication = first_replication + Math.floor(index / 2);
    return index % 2 === 0 ? replication : 2 * replication;
  });
  return {
    point_id,
    first_replication,
    seed: 20_261_121n,
    outcomes: Array.from({ length: count }, () => "completed"),
    reasons: Array.from({ length: count }, () => ""),
    metrics,
  };
}

/** A completed, a truncated, a failed and a completed replication whose first metric is undefined. */
export const MIXED_RUNS: RunRows = {
  point_id: "p0",
  first_replication: 0,
  seed: -1n,
  outcomes: ["completed", "truncated", "failed", "completed"],
  reasons: ["", "events > 1000", 'worker died: "boom"\n', ""],
  metrics: Float64Array.of(0.25, 10, 7, 7, 7, 7, Number.NaN, 40),
};

export const SUMMARY: readonly SummaryRow[] = [
  {
    point_id: "p0",
    metric: "latency_s_p95",
    estimand: "mean",
    estimate: 0.25,
    std_error: Number.NaN,
    ci_low: Number.NEGATIVE_INFINITY,
    ci_high: Number.POSITIVE_INFINITY,
    confidence: 0.95,
    method: "student_t",
    n: 1,
    n_failed: 2,
    flags: ["not_estimable_needs_2", "zero_variance"],
  },
  {
    point_id: "p3",
    metric: "requests_completed",
    estimand: "quantile_0.95",
    estimate: 40,
    std_error: 1.5,
    ci_low: 37,
    ci_high: 43,
    confidence: 0.99,
    method: "order_statistics",
    n: 200,
    n_failed: 0,
    flags: [],
  },
];

export const OBJECTIVES: readonly ObjectiveRow[] = [
  {
    point_id: "p0",
    objective: "latency_s_p95 below 0.2 in 95 % of replications",
    metric: "latency_s_p95",
    side: "below",
    limit: 0.2,
    estimand: "probability_0.95",
    estimate: 0.5,
    bound_low: 0,
    bound_high: 1,
    confidence: 0.95,
    method: "clopper_pearson",
    verdict: "inconclusive",
    n: 2,
    n_failed: 2,
    n_needed: Number.NaN,
    flags: ["failed_replications", "pass_needs_59"],
  },
  {
    point_id: "p3",
    objective: "requests_completed above 30 on average",
    metric: "requests_completed",
    side: "above",
    limit: 30,
    estimand: "mean",
    estimate: 40,
    bound_low: 37,
    bound_high: Number.POSITIVE_INFINITY,
    confidence: 0.99,
    method: "student_t",
    verdict: "pass",
    n: 200,
    n_failed: 0,
    n_needed: 0,
    flags: [],
  },
  {
    point_id: "p3",
    objective: "latency_s_p95, quantile 0.5, below 0.1",
    metric: "latency_s_p95",
    side: "below",
    limit: 0.1,
    estimand: "quantile_0.5",
    estimate: 2500,
    bound_low: 2440,
    bound_high: 2560,
    confidence: 0.95,
    method: "order_statistics",
    verdict: "fail",
    n: 5000,
    n_failed: 0,
    n_needed: 0,
    flags: [],
  },
];

/** Small but complete results: every table, every kind of cell. */
export async function writeSampleResults(
  directory: string,
  options: { readonly mode?: WriteMode; readonly parquet?: boolean } = {},
): Promise<void> {
  const writer = await createResults(directory, { mode: "new", study: {}, ...options });
  await writer.writePoints(POINTS);
  const runs = await writer.openRuns(METRICS);
  await runs.append(MIXED_RUNS);
  await runs.append(completedRuns("p3", 0, 5000));
  await runs.close();
  const summary = await writer.openSummary();
  await summary.append(SUMMARY);
  await summary.close();
  await writer.writeObjectives(OBJECTIVES);
  const series = await writer.openSeries(METRICS);
  const [t_s, zeros, ones] = [Float64Array.of(1, 2, 3), new Float64Array(3), Float64Array.of(1, Number.NaN, 1)];
  const columns = { t_s, mean: ones, band_low: zeros, band_high: ones, p05: zeros, p50: ones, p95: ones };
  await series.append({ point_id: "p0", metric: "latency_s_p95", ...columns });
  await series.append({ point_id: "p0", metric: "requests_completed", ...columns });
  await series.append({ point_id: "p3", metric: "latency_s_p95", ...columns });
  await series.close();
  const histograms = await writer.openHistograms(METRICS);
  const buckets = { indices: Int32Array.of(0, 1, 129, 4000), counts: Float64Array.of(3, 1, 4, 2) };
  await histograms.append({ point_id: "p1", metric: "latency_s_p95", buckets });
  await histograms.close();
  await writer.finish({ loadstar_version: "0.1.0", seed: "20261121" });
}
