import type { PointRuns, Results } from "@loadstar/store";
import {
  judgeDifferences,
  measureDifferences,
  type CompareOptions,
  type ComparisonRow,
  type MeasuredDifference,
} from "./judge-differences.js";
import { offeredLoads } from "./offered-loads.js";

/**
 * Compares every point of a results directory with one of them, metric by metric: points share their random numbers, so
 * replications are paired by their numbers. Corrected for the number of comparisons (Holm 1979): among twenty points without
 * any effect, one would be flagged in two sweeps of five without that. Holds the runs of two points in memory.
 *
 * @throws ResultsError
 */
export async function compareWithBaseline(
  results: Results,
  baseline: string,
  options: CompareOptions,
): Promise<readonly ComparisonRow[]> {
  const { wanted = () => true } = options;
  const metrics = (await results.readRunMetrics()).filter(({ name }) => wanted(name));
  const names = metrics.map(({ name }) => name);
  const base = await runsOf(results, baseline, names);
  if (base === undefined) return [];
  const loads = offeredLoads(results);
  const measured: MeasuredDifference[] = [];
  for await (const runs of results.readPointRuns({ metrics: names })) {
    if (runs.point_id === baseline) continue;
    const has_same_load = loads.get(runs.point_id) === loads.get(baseline);
    measured.push(...measureDifferences(base, runs, metrics, { ...options, has_same_load }));
  }
  return judgeDifferences(measured, options);
}

async function runsOf(results: Results, point_id: string, metrics: readonly string[]): Promise<PointRuns | undefined> {
  for await (const runs of results.readPointRuns({ metrics })) if (runs.point_id === point_id) return runs;
  return undefined;
}
