import type { Metric } from "@loadstar/engine";
import { differenceInterval, holmAdjusted, meanInterval, type DifferenceEstimate } from "@loadstar/stats";
import type { PointRuns } from "@loadstar/store";
import { directionOf, followsLoad } from "./direction-of.js";
import { pairedColumns } from "./paired-columns.js";

export interface CompareOptions {
  /** Of all verdicts together, range (0.5, 1). */
  readonly confidence: number;
  /** Differences up to this share of the base's mean make no difference; undefined: every difference does. */
  readonly margin?: number | undefined;
  /** Which metrics to compare; all by default. Fewer metrics leave more power for each. */
  readonly wanted?: (metric: string) => boolean;
}

/**
 * `identical`: the same values in every replication. `better`, `worse`: a difference is proven, and which way is good is
 * known; `changed`: it is not, also because the metric follows a load that is another one. `equivalent`: the difference is proven to be within the margin. `undecided`: neither.
 */
export type ComparisonVerdict = "identical" | "better" | "worse" | "changed" | "equivalent" | "undecided";

/** One metric at one point, in two results. */
export interface ComparisonRow {
  readonly point_id: string;
  readonly metric: string;
  readonly unit: string;
  readonly verdict: ComparisonVerdict;
  /** Means over the replications compared. */
  readonly base_mean: number;
  readonly next_mean: number;
  /** Whether another load is offered and the metric follows it: then neither way is better. */
  readonly follows_load: boolean;
  readonly difference: DifferenceEstimate;
  /** Adjusted for the number of comparisons (Holm 1979). */
  readonly p_adjusted: number;
}

/** A difference before it is judged beside the others. */
export type MeasuredDifference = Omit<ComparisonRow, "verdict" | "p_adjusted">;

/** The verdicts on differences, corrected for their number (Holm 1979). */
export function judgeDifferences(
  measured: readonly MeasuredDifference[],
  options: CompareOptions,
): readonly ComparisonRow[] {
  const adjusted = holmAdjusted(measured.map(({ difference }) => difference.p_value));
  return measured.map((row, index) => ({
    ...row,
    p_adjusted: adjusted[index]!,
    verdict: verdictOn(row, adjusted[index]!, options),
  }));
}

/** The differences of two points, or of one point in two results, metric by metric; named after the second. */
export function measureDifferences(
  base: PointRuns,
  next: PointRuns,
  metrics: readonly Metric[],
  { confidence, has_same_load }: Pick<CompareOptions, "confidence"> & { readonly has_same_load: boolean },
): readonly MeasuredDifference[] {
  const { paired, ...columns } = pairedColumns(base, next);
  return metrics.map(({ name, unit }, index) => {
    const [before, after] = [columns.base[index]!, columns.next[index]!];
    return {
      point_id: next.point_id,
      metric: name,
      unit,
      base_mean: meanInterval(before, { confidence }).estimate,
      next_mean: meanInterval(after, { confidence }).estimate,
      follows_load: !has_same_load && followsLoad(name),
      difference: differenceInterval(before, after, { confidence: twoSided(confidence), paired }),
    };
  });
}

/** The two-sided confidence whose ends are one-sided bounds at `confidence`, without the dust of binary fractions. */
function twoSided(confidence: number): number {
  return Number((2 * confidence - 1).toPrecision(12));
}

function verdictOn(
  row: MeasuredDifference,
  p_adjusted: number,
  { confidence, margin }: CompareOptions,
): ComparisonVerdict {
  const { estimate, ci_low, ci_high, flags } = row.difference;
  if (flags.includes("no_difference")) return "identical";
  const most = (margin ?? 0) * Math.abs(row.base_mean);
  if (margin !== undefined && ci_low >= -most && ci_high <= most) return "equivalent";
  if (!(p_adjusted < 1 - confidence)) return "undecided";
  const direction = row.follows_load ? undefined : directionOf(row.metric);
  if (direction === undefined) return "changed";
  return estimate < 0 === (direction === "lower") ? "better" : "worse";
}
