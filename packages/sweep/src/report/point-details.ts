import { exceedanceCurve } from "@loadstar/stats";
import type { Histogram, Results, Series } from "@loadstar/store";
import type { DrawnPoint } from "./drawn-points.js";

/** What is drawn of one point. */
export interface PointDetail extends DrawnPoint {
  readonly series: readonly Pick<Series, "metric" | "t_s" | "mean" | "band_low" | "band_high">[];
  readonly histograms: readonly Pick<Histogram, "metric" | "buckets">[];
  readonly exceedances: readonly Exceedance[];
}

/** The share of the runs above each of their values, with a band that holds for the whole curve. */
export interface Exceedance {
  readonly metric: string;
  readonly n: number;
  /** Distinct values, ascending, and the share of runs above them with its band, range [0, 1]. */
  readonly value: Float64Array;
  readonly exceedance: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface PointDetailsOptions {
  readonly drawn: readonly DrawnPoint[];
  /** Metrics whose exceedance over the runs is wanted. */
  readonly exceeding: readonly string[];
  readonly confidence: number;
}

/** Reads what is drawn of some points; of points that are not drawn in full only what is of the whole system. */
export async function pointDetails(results: Results, options: PointDetailsOptions): Promise<readonly PointDetail[]> {
  const details = new Map(options.drawn.map((point) => [point.point_id, newDetail(point)]));
  await readSeries(results, details);
  await readHistograms(results, details);
  await readExceedances(results, details, options);
  return [...details.values()];
}

type Growing = {
  -readonly [Key in keyof PointDetail]: PointDetail[Key] extends readonly (infer One)[] ? One[] : PointDetail[Key];
};

function newDetail(point: DrawnPoint): Growing {
  return { ...point, series: [], histograms: [], exceedances: [] };
}

async function readSeries(results: Results, details: ReadonlyMap<string, Growing>): Promise<void> {
  if (!results.has("series")) return;
  for await (const { point_id, metric, t_s, mean, band_low, band_high } of results.readSeries()) {
    const detail = details.get(point_id);
    if (detail === undefined || !isWanted(metric, detail)) continue;
    detail.series.push({ metric, t_s, mean, band_low, band_high });
  }
}

async function readHistograms(results: Results, details: ReadonlyMap<string, Growing>): Promise<void> {
  if (!results.has("histograms")) return;
  for await (const { point_id, metric, buckets } of results.readHistograms()) {
    const detail = details.get(point_id);
    if (detail !== undefined && isWanted(metric, detail)) detail.histograms.push({ metric, buckets });
  }
}

async function readExceedances(
  results: Results,
  details: ReadonlyMap<string, Growing>,
  { exceeding, confidence }: PointDetailsOptions,
): Promise<void> {
  for await (const { point_id, metrics } of results.readPointRuns({ metrics: exceeding })) {
    const detail = details.get(point_id);
    for (const [index, metric] of exceeding.entries()) {
      const curve = exceedanceOf(metrics[index]!, confidence);
      if (curve.n > 0) detail?.exceedances.push({ metric, ...curve });
    }
  }
}

function isWanted(metric: string, { in_full }: DrawnPoint): boolean {
  return in_full || !metric.includes(".");
}

function exceedanceOf(sample: Float64Array, confidence: number): Omit<Exceedance, "metric"> {
  const { values: value, exceedance, band_low: low, band_high: high, n } = exceedanceCurve(sample, { confidence });
  return { n, value, exceedance, low, high };
}
