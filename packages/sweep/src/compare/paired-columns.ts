import type { PointRuns } from "@loadstar/store";

/** The values of one point in two results, one column for each metric. */
export interface PairedColumns {
  /** Whether the two share their random numbers: then the k-th values are of the same replication. */
  readonly paired: boolean;
  readonly base: readonly Float64Array[];
  readonly next: readonly Float64Array[];
}

/**
 * Puts the replications of a point side by side. Those of the same root seed share their random numbers: they are paired
 * by their number, and those that only one side has are left out. With other seeds all values stay, unpaired.
 */
export function pairedColumns(base: PointRuns, next: PointRuns): PairedColumns {
  const rows = new Map(Array.from(next.replications, (replication, row) => [keyOf(next, replication, row), row]));
  const common = Array.from(base.replications, (replication, row) => ({
    base: row,
    next: rows.get(keyOf(base, replication, row)),
  })).filter((pair): pair is { base: number; next: number } => pair.next !== undefined);
  if (common.length === 0) return { paired: false, base: base.metrics, next: next.metrics };
  return {
    paired: true,
    base: base.metrics.map((column) => Float64Array.from(common, (pair) => column[pair.base]!)),
    next: next.metrics.map((column) => Float64Array.from(common, (pair) => column[pair.next]!)),
  };
}

function keyOf({ seeds }: PointRuns, replication: number, row: number): string {
  return `${seeds[row]} ${replication}`;
}
