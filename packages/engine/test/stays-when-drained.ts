/** Names of series that need not be 0 in a system in which nothing is left: rates, latencies, what caches hold and find, and limits. */
export const STAYS_WHEN_DRAINED = /_per_s$|^latency|\.used_mb_mean$|\.hit_ratio$|\.concurrency_limit_mean$/;
