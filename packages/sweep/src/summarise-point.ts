import type { Metric } from "@loadstar/engine";
import { meanInterval, quantileInterval, wilsonInterval, type Estimate } from "@loadstar/stats";
import type { SummaryRow } from "@loadstar/store";

/** The name under which the share of completed replications stands in the summary. */
export const COMPLETED_RATIO = "replication_completed_ratio";

/** Quantiles over replications that are given for metrics of the whole system: the typical and the bad run. */
const QUANTILES = [0.5, 0.95] as const;

/** The finished replications of one point. */
export interface PointOutcome {
  readonly point_id: string;
  readonly metrics: readonly Metric[];
  /** One column for each metric, one row for each completed replication. */
  readonly columns: readonly Float64Array[];
  readonly replications: number;
  readonly completed: number;
  readonly confidence: number;
}

/**
 * Estimates with intervals for one point: for every metric its mean; for metrics of the whole system also its median
 * and 95 % quantile over replications, which are not those over requests; and how often a replication completes.
 */
export function summarisePoint(point: PointOutcome): readonly SummaryRow[] {
  const { point_id, metrics, columns, replications, completed, confidence } = point;
  const n_failed = replications - completed;
  const row = (metric: string, estimate: Estimate): SummaryRow => ({ point_id, metric, ...estimate });
  return [
    ...metrics.flatMap(({ name, component }, index) => {
      const sample = columns[index]!;
      const mean = row(name, meanInterval(sample, { confidence, n_failed }));
      if (component !== undefined) return [mean];
      // Sorted once for all: what is sorted is sorted again in no time.
      const sorted = Float64Array.from(sample).sort();
      return [
        mean,
        ...QUANTILES.map((probability) => row(name, quantileInterval(sorted, { probability, confidence, n_failed }))),
      ];
    }),
    row(COMPLETED_RATIO, wilsonInterval({ successes: completed, trials: replications, confidence })),
  ];
}
