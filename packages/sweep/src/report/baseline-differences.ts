import type { ObjectiveRow, Results } from "@loadstar/store";
import { compareWithBaseline } from "../compare/compare-with-baseline.js";
import type { ComparisonRow } from "../compare/judge-differences.js";
import { numberOf, textOf } from "./plain-data.js";

/** Metrics that people look at first, as far as they were kept. */
export const USUAL_METRICS: readonly string[] = [
  "throughput_per_s",
  "latency_s_mean",
  "latency_s_p95",
  "latency_s_p99",
  "error_ratio",
];

/** Every other point of some results beside one of them. */
export interface BaselineDifferences {
  readonly point_id: string;
  /** Of all claimed differences together, range (0.5, 1). */
  readonly confidence: number;
  readonly rows: readonly ComparisonRow[];
}

export interface BaselineDifferencesOptions {
  readonly objectives: readonly ObjectiveRow[];
  /** Id of the point to compare with, instead of that of the sweep. */
  readonly point_id?: string | undefined;
  /** Metrics to compare: the fewer, the more power for each. By default the usual ones and those of objectives; all without any of these. */
  readonly wanted?: ((metric: string) => boolean) | undefined;
}

const CONFIDENCE = 0.95;

/** Compares all points with the baseline; undefined where the sweep names none. @throws ResultsError */
export async function baselineDifferences(
  results: Results,
  options: BaselineDifferencesOptions,
): Promise<BaselineDifferences | undefined> {
  const { baseline, confidence: nominal } = results.manifest;
  const point_id = options.point_id ?? textOf(baseline);
  if (point_id === "") return undefined;
  const first = new Set([...USUAL_METRICS, ...options.objectives.map(({ metric }) => metric)]);
  const kept = (await results.readRunMetrics()).map(({ name }) => name);
  const usual = new Set(kept.filter((name) => first.has(name)));
  const { wanted = (name: string): boolean => usual.size === 0 || usual.has(name) } = options;
  const confidence = numberOf(nominal) > 0.5 ? numberOf(nominal) : CONFIDENCE;
  return { point_id, confidence, rows: await compareWithBaseline(results, point_id, { confidence, wanted }) };
}
