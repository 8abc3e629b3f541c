import type { Metric } from "@loadstar/engine";
import { differenceInterval, holmAdjusted, meanInterval, type DifferenceEstimate } from "@loadstar/stats";
import type { PointRuns, Results } from "@loadstar/store";
import { directionOf } from "./direction-of.js";
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
 * known; `changed`: it is not. `equivalent`: the difference is proven to be within the margin. `undecided`: neither.
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
  readonly difference: DifferenceEstimate;
  /** Adjusted for the number of comparisons (Holm 1979). */
  readonly p_adjusted: number;
}

/** What came of comparing two results. */
export interface Comparison {
  /** Whether all tables of the two are the same to the last bit: then there are no rows. */
  readonly identical: boolean;
  readonly rows: readonly ComparisonRow[];
  /** Points and metrics that only one of the two has. */
  readonly unmatched: { readonly points: readonly string[]; readonly metrics: readonly string[] };
}

type Measured = Omit<ComparisonRow, "verdict" | "p_adjusted">;

/**
 * Compares two results directories: digests first; then, point by point and metric by metric, paired by replication where
 * the two share their random numbers, corrected for the number of comparisons (Holm 1979). Equivalence is shown by two
 * one-sided tests (Schuirmann 1987), each at the same confidence, uncorrected. Holds the runs of `next` in memory.
 */
export async function compareResults(base: Results, next: Results, options: CompareOptions): Promise<Comparison> {
  const { wanted = () => true } = options;
  const baseMetrics = (await base.readRunMetrics()).filter(({ name }) => wanted(name));
  const nextMetrics = (await next.readRunMetrics()).filter(({ name }) => wanted(name));
  const metrics = baseMetrics.filter(({ name }) => nextMetrics.some((other) => other.name === name));
  const names = metrics.map(({ name }) => name);
  if (haveSameDigests(base, next)) return { identical: true, rows: [], unmatched: { points: [], metrics: [] } };
  const nextRuns = new Map<string, PointRuns>();
  for await (const runs of next.readPointRuns({ metrics: names })) nextRuns.set(runs.point_id, runs);
  const measured: Measured[] = [];
  const alone: string[] = [];
  for await (const runs of base.readPointRuns({ metrics: names })) {
    const other = nextRuns.get(runs.point_id);
    if (other === undefined) alone.push(runs.point_id);
    else measured.push(...measure(runs, other, metrics, options.confidence));
    nextRuns.delete(runs.point_id);
  }
  const adjusted = holmAdjusted(measured.map(({ difference }) => difference.p_value));
  return {
    identical: false,
    rows: measured.map((row, index) => ({
      ...row,
      p_adjusted: adjusted[index]!,
      verdict: verdictOn(row, adjusted[index]!, options),
    })),
    unmatched: {
      points: [...alone, ...nextRuns.keys()],
      metrics: symmetricDifference(baseMetrics, nextMetrics),
    },
  };
}

function haveSameDigests(base: Results, next: Results): boolean {
  const digestsOf = ({ manifest }: Results): string =>
    JSON.stringify(manifest.files.map(({ file, sha256 }) => [file, sha256]).toSorted());
  return digestsOf(base) === digestsOf(next);
}

function measure(
  base: PointRuns,
  next: PointRuns,
  metrics: readonly Metric[],
  confidence: number,
): readonly Measured[] {
  const { paired, ...columns } = pairedColumns(base, next);
  return metrics.map(({ name, unit }, index) => {
    const [before, after] = [columns.base[index]!, columns.next[index]!];
    return {
      point_id: base.point_id,
      metric: name,
      unit,
      base_mean: meanInterval(before, { confidence }).estimate,
      next_mean: meanInterval(after, { confidence }).estimate,
      difference: differenceInterval(before, after, { confidence: twoSided(confidence), paired }),
    };
  });
}

/** The two-sided confidence whose ends are one-sided bounds at `confidence`, without the dust of binary fractions. */
function twoSided(confidence: number): number {
  return Number((2 * confidence - 1).toPrecision(12));
}

function verdictOn(row: Measured, p_adjusted: number, { confidence, margin }: CompareOptions): ComparisonVerdict {
  const { estimate, ci_low, ci_high, flags } = row.difference;
  if (flags.includes("no_difference")) return "identical";
  const most = (margin ?? 0) * Math.abs(row.base_mean);
  if (margin !== undefined && ci_low >= -most && ci_high <= most) return "equivalent";
  if (!(p_adjusted < 1 - confidence)) return "undecided";
  const direction = directionOf(row.metric);
  if (direction === undefined) return "changed";
  return estimate < 0 === (direction === "lower") ? "better" : "worse";
}

function symmetricDifference(one: readonly Metric[], other: readonly Metric[]): readonly string[] {
  const names = [one, other].map((metrics) => new Set(metrics.map(({ name }) => name)));
  const [before, after] = names as [Set<string>, Set<string>];
  return [...[...before].filter((name) => !after.has(name)), ...[...after].filter((name) => !before.has(name))];
}
