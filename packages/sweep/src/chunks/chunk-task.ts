import { keptPositions } from "../kept-positions.js";
import type { ReplicationRange } from "../series/series-layout.js";
import type { Study } from "../study.js";
import type { ChunkTask } from "./chunk.js";

/** What a worker needs to run some replications of a point. */
export function chunkTask({ points, seed, kept }: Study, point: number, range: ReplicationRange): ChunkTask {
  const { point_id, plan } = points[point]!;
  return { plan_key: point_id, plan, seed, ...range, keep: keptPositions(kept, plan) };
}
