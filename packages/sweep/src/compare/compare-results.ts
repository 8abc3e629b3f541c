import type { Metric } from "@loadstar/engine";
import { isParquetFile, type PointRuns, type Results } from "@loadstar/store";
import {
  judgeDifferences,
  measureDifferences,
  type CompareOptions,
  type ComparisonRow,
  type MeasuredDifference,
} from "./judge-differences.js";
import { offeredLoads } from "./offered-loads.js";

/** What came of comparing two results. */
export interface Comparison {
  /** Whether all tables of the two are the same to the last bit: then there are no rows. */
  readonly identical: boolean;
  readonly rows: readonly ComparisonRow[];
  /** Points and metrics that only one of the two has. */
  readonly unmatched: { readonly points: readonly string[]; readonly metrics: readonly string[] };
}

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
  if (haveSameDigests(base, next)) {
    // A manifest says what the tables were when it was written: a verdict to the last bit is about what they are.
    for (const results of [base, next]) await results.verifyDigests();
    return { identical: true, rows: [], unmatched: { points: [], metrics: [] } };
  }
  const nextRuns = new Map<string, PointRuns>();
  for await (const runs of next.readPointRuns({ metrics: names })) nextRuns.set(runs.point_id, runs);
  const loads = [offeredLoads(base), offeredLoads(next)] as const;
  const measured: MeasuredDifference[] = [];
  const alone: string[] = [];
  for await (const runs of base.readPointRuns({ metrics: names })) {
    const other = nextRuns.get(runs.point_id);
    if (other === undefined) alone.push(runs.point_id);
    else {
      const [before, after] = loads.map((of) => of.get(runs.point_id));
      const has_same_load = before === undefined || after === undefined || before === after;
      measured.push(...measureDifferences(runs, other, metrics, { ...options, has_same_load }));
    }
    nextRuns.delete(runs.point_id);
  }
  return {
    identical: false,
    rows: judgeDifferences(measured, options),
    unmatched: {
      points: [...alone, ...nextRuns.keys()],
      metrics: symmetricDifference(baseMetrics, nextMetrics),
    },
  };
}

/** Whether all tables are the same; whether they stand there as Parquet too does not matter. */
function haveSameDigests(base: Results, next: Results): boolean {
  const digestsOf = ({ manifest }: Results): string => {
    const tables = manifest.files.filter(({ file }) => !isParquetFile(file));
    return JSON.stringify(tables.map(({ file, sha256 }) => [file, sha256]).toSorted());
  };
  return digestsOf(base) === digestsOf(next);
}

function symmetricDifference(one: readonly Metric[], other: readonly Metric[]): readonly string[] {
  const names = [one, other].map((metrics) => new Set(metrics.map(({ name }) => name)));
  const [before, after] = names as [Set<string>, Set<string>];
  return [...[...before].filter((name) => !after.has(name)), ...[...after].filter((name) => !before.has(name))];
}
