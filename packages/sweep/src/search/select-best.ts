import { metricsOf, type Metric } from "@loadstar/engine";
import { didYouMean, InputError } from "@loadstar/scenario";
import { kimNelsonStep, meanInterval, type Estimate } from "@loadstar/stats";
import { directionOf } from "../compare/direction-of.js";
import { RunPool } from "../run-pool.js";
import type { Study } from "../study.js";
import { PointRuns } from "./point-runs.js";

export interface SelectBestOptions {
  /** Name of the metric whose mean over replications is compared. */
  readonly metric: string;
  /** By default what the metric's name says: less latency, more throughput. */
  readonly better?: "larger" | "smaller" | undefined;
  /** The smallest difference of means that matters, in the unit of the metric, > 0. */
  readonly indifference: number;
  /** That the best point is selected if it is better than every other one by the indifference. */
  readonly confidence: number;
  /** Most replications of each point, >= 1. */
  readonly max_replications: number;
  /** Worker threads, >= 1. */
  readonly threads: number;
  /** Stops the selection. */
  readonly signal?: AbortSignal;
}

/** One point after the selection. */
export interface SelectedPoint {
  readonly point_id: string;
  /** Replications after which it was eliminated; NaN for a survivor. */
  readonly eliminated_at: number;
  /** Why the first replication did not complete that did not. */
  readonly first_reason: string | undefined;
  /** The mean of the replications it was given. The best one's is too good on average: it was selected for it. */
  readonly estimate: Estimate;
}

/** What a running selection tells: started, then progress, then finished. */
export type SelectionEvent =
  | { readonly kind: "started"; readonly points: number; readonly metric: Metric; readonly threads: number }
  | { readonly kind: "progress"; readonly replications: number; readonly survivors: number; readonly runs: number }
  | {
      readonly kind: "finished";
      readonly metric: Metric;
      readonly better: "larger" | "smaller";
      /** Undefined if replications ended before the selection, and if all points failed. */
      readonly best_point_id: string | undefined;
      /** The best point's mean, from as many replications that the selection has not seen. */
      readonly fresh_estimate: Estimate | undefined;
      readonly points: readonly SelectedPoint[];
      readonly flags: readonly string[];
      readonly runs: number;
    };

/**
 * Selects the point of a study with the best mean of a metric, with a guarantee (`kimNelsonStep`): all points share their random
 * numbers, and those that fall behind get no more replications. The winner is estimated again on fresh replications. A point with a
 * replication that does not complete is eliminated. The answer does not depend on the number of threads.
 *
 * @throws InputError if the study has one point only or no such metric, or if nobody says which way the metric is better;
 * RangeError for confidence and indifference, as `kimNelsonStep`; the reason of `signal` when it is aborted
 */
export async function* selectBest(study: Study, options: SelectBestOptions): AsyncGenerator<SelectionEvent> {
  const { max_replications: most, indifference, confidence } = options;
  const { metric, better } = checked(study, options);
  const selection = { indifference, confidence, better };
  const pool = new RunPool({ ...options, replication_timeout_s: study.replication_timeout_s });
  try {
    const runsOf = (index: number, first_replication: number): PointRuns => {
      const { point_id, plan } = study.points[index]!;
      const common = { plan_key: point_id, plan, seed: study.seed };
      return new PointRuns(pool, { ...common, first_replication, metrics: [metric.name] });
    };
    const points = study.points.map((_, index) => runsOf(index, 0));
    const columns = (): readonly Float64Array[] => points.map((point) => point.column(metric.name));
    const done = (): number => points.reduce((total, { replications }) => total + replications, 0);
    let found = kimNelsonStep(columns(), selection);
    yield { kind: "started", points: points.length, metric, threads: options.threads };
    while (found.n_next > found.n && found.n < most) {
      const n = Math.min(found.n_next, most);
      for (const index of found.survivors) {
        await points[index]!.growTo(n);
        yield { kind: "progress", replications: n, survivors: found.survivors.length, runs: done() };
      }
      found = kimNelsonStep(columns(), selection);
    }
    const best = found.best_index;
    const fresh = best === undefined ? undefined : runsOf(best, most);
    await fresh?.growTo(points[best!]!.replications);
    const estimateOf = (runs: PointRuns): Estimate => {
      return meanInterval(runs.completedColumn(metric.name), { confidence, n_failed: runs.n_failed });
    };
    yield {
      kind: "finished",
      metric,
      better,
      best_point_id: best === undefined ? undefined : study.points[best]!.point_id,
      fresh_estimate: fresh === undefined ? undefined : estimateOf(fresh),
      points: study.points.map(({ point_id }, index) => ({
        point_id,
        eliminated_at: found.eliminated_at[index]!,
        first_reason: points[index]!.first_reason,
        estimate: estimateOf(points[index]!),
      })),
      flags: found.flags,
      runs: done() + (fresh?.replications ?? 0),
    };
  } finally {
    await pool.close();
  }
}

function checked(
  { name, points }: Study,
  options: SelectBestOptions,
): { readonly metric: Metric; readonly better: "larger" | "smaller" } {
  const refuse = (path: string, message: string): InputError =>
    new InputError([{ file: name, line: 0, column: 0, path, message }]);
  if (points.length < 2) throw refuse("parameters", `must make two points or more: current number is ${points.length}`);
  const metrics = metricsOf(points[0]!.plan);
  const metric = metrics.find((one) => one.name === options.metric);
  if (metric === undefined) {
    const suggestion = didYouMean(
      options.metric,
      metrics.map((one) => one.name),
    );
    throw refuse("metric", `there is no metric ${JSON.stringify(options.metric)}${suggestion}`);
  }
  const direction = directionOf(metric.name);
  const better = options.better ?? (direction === undefined ? undefined : BETTER[direction]);
  if (better !== undefined) return { metric, better };
  throw refuse("metric", `which way ${metric.name} is better must be said: larger or smaller`);
}

const BETTER = { lower: "smaller", higher: "larger" } as const;
