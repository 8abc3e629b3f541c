/** Names of series that need not be 0 in a system in which nothing is left: rates, latencies, what caches hold and find, limits, and who is ejected. */
export const STAYS_WHEN_DRAINED =
  /_per_s$|(^|\.)latency_|\.ejected_|\.used_mb_mean$|\.hit_ratio$|\.concurrency_limit_mean$/;
