import type { HistogramBuckets, Metric } from "@loadstar/engine";
import {
  expectedShortfall,
  meanInterval,
  quantileInterval,
  sectionedQuantile,
  wilsonInterval,
  type Estimate,
} from "@loadstar/stats";
import type { SummaryRow } from "@loadstar/store";
import { bucketQuantile } from "./bucket-quantile.js";
import { directionOf } from "./compare/direction-of.js";

/** The name under which the share of completed replications stands in the summary. */
export const COMPLETED_RATIO = "replication_completed_ratio";

/** Quantiles over replications that are given for metrics of the whole system: the typical and the bad run. */
const QUANTILES = [0.5, 0.95] as const;

/** The share of runs beyond which the mean of the bad ones is given. */
const SHORTFALL = 0.95;

/** The finished replications of one point. */
export interface PointOutcome {
  readonly point_id: string;
  readonly metrics: readonly Metric[];
  /** One column for each metric, one row for each completed replication. */
  readonly columns: readonly Float64Array[];
  /** The merged histograms of the whole system by their quantity, such as `latency_s`. */
  readonly histograms: ReadonlyMap<string, HistogramBuckets>;
  readonly replications: number;
  readonly completed: number;
  readonly confidence: number;
}

/**
 * Estimates with intervals for one point: for every metric its mean, and how often a replication completes. For metrics of
 * the whole system also its median and 95 % quantile over replications, which are not those over requests; the mean of the
 * worst 5 % of replications where less is better; and, where the metric is a quantile of requests, that of all requests together.
 */
export function summarisePoint(point: PointOutcome): readonly SummaryRow[] {
  const { metrics, columns, replications, completed, confidence } = point;
  return [
    ...metrics.flatMap((metric, index) => {
      const sample = columns[index]!;
      const estimates = metric.component === undefined ? systemEstimates(point, metric, sample) : [];
      const mean = meanInterval(sample, { confidence, n_failed: replications - completed });
      return [mean, ...estimates].map((estimate) => rowOf(point, metric.name, estimate));
    }),
    rowOf(point, COMPLETED_RATIO, wilsonInterval({ successes: completed, trials: replications, confidence })),
  ];
}

function systemEstimates(point: PointOutcome, { name }: Metric, sample: Float64Array): readonly Estimate[] {
  const { confidence, replications, completed, histograms } = point;
  const n_failed = replications - completed;
  // Sorted once for all: what is sorted is sorted again in no time.
  const sorted = Float64Array.from(sample).sort();
  const requests = requestQuantileOf(name);
  const buckets = requests === undefined ? undefined : histograms.get(requests.quantity);
  return [
    ...QUANTILES.map((probability) => quantileInterval(sorted, { probability, confidence, n_failed })),
    ...(directionOf(name) === "lower"
      ? [expectedShortfall(sorted, { probability: SHORTFALL, confidence, n_failed })]
      : []),
    ...(requests === undefined || buckets === undefined
      ? []
      : [
          sectionedQuantile(sample, {
            pooled: bucketQuantile(buckets, requests.probability),
            probability: requests.probability,
            confidence,
            n_failed,
          }),
        ]),
  ];
}

/** What `latency_s_p95` says: the quantity and which of its quantiles; undefined for what is no quantile. */
function requestQuantileOf(metric: string): { readonly quantity: string; readonly probability: number } | undefined {
  const match = /^(.+)_p(\d{2,4})$/.exec(metric);
  return match === null ? undefined : { quantity: match[1]!, probability: Number(`0.${match[2]!}`) };
}

function rowOf({ point_id }: PointOutcome, metric: string, estimate: Estimate): SummaryRow {
  return { point_id, metric, ...estimate };
}
