import type { ChunkContent } from "@loadstar/store";
import type { ChunkResult } from "./chunk.js";

/** What of a chunk is put on the disk: everything but how long it took. */
export function contentOf({ outcomes, reasons, metrics, series, histograms, events }: ChunkResult): ChunkContent {
  return { outcomes, reasons, metrics, histograms, events, paths: series.paths, groups: series.groups };
}
