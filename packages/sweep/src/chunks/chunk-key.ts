import { createHash } from "node:crypto";
import { ENGINE_VERSION, type Metric } from "@loadstar/engine";
import { GROUP, PATHS_KEPT } from "../series/series-layout.js";
import { withDigests } from "./digest-of-array.js";
import type { Study, StudyPoint } from "../study.js";

/** Version of the content of chunks: it changes when the same numbers are laid out in another way. */
const LAYOUT = 1;

/**
 * Stands for all that the replications of a point follow from, but their numbers: plan, seed, what is kept of each run, version
 * of the engine. Threads, names, intervals and objectives are not in it: changing them recomputes nothing.
 */
export function chunkKey({ seed, kept }: Pick<Study, "seed" | "kept">, { plan }: Pick<StudyPoint, "plan">): string {
  const names = (metrics: readonly Metric[]): readonly string[] => metrics.map(({ name }) => name);
  const content = {
    engine: ENGINE_VERSION,
    layout: [LAYOUT, GROUP, PATHS_KEPT],
    seed,
    metrics: names(kept.metrics),
    series: names(kept.series),
    histograms: names(kept.histograms),
    plan,
  };
  return createHash("sha256").update(JSON.stringify(content, withDigests)).digest("hex").slice(0, 32);
}
