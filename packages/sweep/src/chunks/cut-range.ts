import type { ReplicationRange } from "../series/series-layout.js";

/** Cuts consecutive replications at the multiples of a size. */
export function cutRange({ first_replication, count }: ReplicationRange, size: number): readonly ReplicationRange[] {
  const ranges: ReplicationRange[] = [];
  const end = first_replication + count;
  for (let first = first_replication; first < end;) {
    const next = Math.min(end, (Math.floor(first / size) + 1) * size);
    ranges.push({ first_replication: first, count: next - first });
    first = next;
  }
  return ranges;
}
