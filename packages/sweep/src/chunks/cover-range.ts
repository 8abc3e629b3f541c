import type { ReplicationRange } from "../series/series-layout.js";
import { cutRange } from "./cut-range.js";

/**
 * Cuts consecutive replications into those pieces that are present and, between them, pieces cut at the multiples of a
 * size. Of overlapping ones the first is taken, at equal beginnings the longest; one that reaches beyond the range is of no use.
 */
export function coverRange(
  range: ReplicationRange,
  {
    size,
    present,
  }: {
    readonly size: number;
    /** In the order of their beginnings, the longest first. */
    readonly present: readonly ReplicationRange[];
  },
): readonly ReplicationRange[] {
  const end = range.first_replication + range.count;
  const pieces: ReplicationRange[] = [];
  let next = range.first_replication;
  const fill = (until: number): void => {
    if (until > next) pieces.push(...cutRange({ first_replication: next, count: until - next }, size));
    next = until;
  };
  for (const { first_replication, count } of present) {
    if (first_replication < next || first_replication + count > end) continue;
    fill(first_replication);
    pieces.push({ first_replication, count });
    next = first_replication + count;
  }
  fill(end);
  return pieces;
}
