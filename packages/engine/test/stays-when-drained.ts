/** Names of series that need not be 0 in a system in which nothing is left: rates, latencies, what caches hold, limits, and who is ejected. */
export const STAYS_WHEN_DRAINED = /_per_s$|(^|\.)latency_|\.ejected_|\.used_mb_mean$|\.concurrency_limit_mean$/;
