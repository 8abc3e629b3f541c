import { seriesOf, type Plan } from "../src/index.js";

/** Names of series that need not be 0 in a system in which nothing is left: rates, latencies, what caches hold and find, limits, and who is ejected. */
export const STAYS_WHEN_DRAINED =
  /_per_s$|(^|\.)latency_|\.ejected_|\.used_mb_mean$|\.hit_ratio$|\.concurrency_limit_mean$/;

/** Names of the levels of a drained system that are not 0 and should be; `samples` are those of one cell as long as the run. */
export function levelsLeft(plan: Plan, samples: Float64Array): readonly string[] {
  return seriesOf(plan)
    .filter(({ name }, row) => !STAYS_WHEN_DRAINED.test(name) && !(Math.abs(samples[row]!) < 1e-9))
    .map(({ name }) => name);
}
