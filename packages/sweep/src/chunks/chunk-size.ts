import { cellsOf, expectedRequests, type Plan } from "@loadstar/engine";
import { GROUP } from "../series/series-layout.js";

/** Computing time aimed at for one chunk [s]: a thousand times the cost of handing it over. */
const CHUNK_S = 0.1;

/** Series values that one chunk may bring back. */
const CHUNK_SERIES_VALUES = 1_000_000;

/** Most replications of a chunk. */
const LARGEST = 32 * GROUP;

/** What a run costs before its first request, and each request at each server it may visit, on a core of 2.4 GHz [s]. */
const RUN_S = 50e-6;
const REQUEST_S = 100e-9;

/**
 * Replications of one chunk of a point, a power of two. It follows from the plan alone, not from measured times: so a
 * study has the same chunks on every machine. No result depends on it.
 */
export function chunkSize(plan: Plan, { series }: { readonly series: number }): number {
  const requests = expectedRequests(plan);
  const run_s = RUN_S + REQUEST_S * Math.min(requests * (1 + plan.servers.length), plan.budget.events);
  const values = Math.max(1, series * cellsOf(plan));
  const wanted = Math.min(CHUNK_S / run_s, CHUNK_SERIES_VALUES / values, LARGEST);
  let size = 1;
  while (2 * size <= wanted) size *= 2;
  return size;
}
