import { keptPositions } from "../kept-positions.js";
import type { ReplicationRange } from "../series/series-layout.js";
import type { Study } from "../study.js";
import type { ChunkTask, Kept } from "./chunk.js";

/** What a worker needs to run some replications of a point. */
export function chunkTask(study: Study, point: number, range: ReplicationRange): ChunkTask {
  return chunkTasks(study)(point, range);
}

/** As `chunkTask`, for many chunks: what is kept of a point is looked up once for those that follow each other. */
export function chunkTasks({ points, seed, kept }: Study): (point: number, range: ReplicationRange) => ChunkTask {
  let last: { readonly point: number; readonly keep: Kept } | undefined;
  return (point, { first_replication, count }) => {
    const { point_id, plan } = points[point]!;
    if (last?.point !== point) last = { point, keep: keptPositions(kept, plan) };
    return { plan_key: point_id, plan, seed, first_replication, count, keep: last.keep };
  };
}
