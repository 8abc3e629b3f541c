/** Replications whose paths are kept one by one: percentiles across replications and the shape of bands come from these. */
export const PATHS_KEPT = 256;

/**
 * Replications whose series are folded to moments as one group. Groups begin at multiples of it, so sums have the same
 * order, and results the same bits, however replications are cut into chunks. Divides `PATHS_KEPT`.
 */
export const GROUP = 32;

/** Some replications of a chunk, whose series cross as single paths or as the moments of one group. */
export interface SeriesSegment {
  readonly kind: "paths" | "group";
  readonly first_replication: number;
  readonly count: number;
}

/** Consecutive replications. */
export interface ReplicationRange {
  readonly first_replication: number;
  readonly count: number;
}

/** How the series of consecutive replications cross: a whole group after the kept paths as moments, everything else as paths. */
export function seriesLayout(range: ReplicationRange): readonly SeriesSegment[] {
  const segments: SeriesSegment[] = [];
  const end = range.first_replication + range.count;
  for (let first = range.first_replication; first < end;) {
    const next = Math.min(end, (Math.floor(first / GROUP) + 1) * GROUP);
    const isGroup = next - first === GROUP && first >= PATHS_KEPT;
    segments.push({ kind: isGroup ? "group" : "paths", first_replication: first, count: next - first });
    first = next;
  }
  return segments;
}
