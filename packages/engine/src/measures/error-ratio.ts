import type { RecordedRequests } from "./recorded-requests.js";

/** Errors over requests that ended; NaN when none ended. */
export function errorRatio({ ended, latency }: RecordedRequests): number {
  const errors = ended.reduce((sum, count) => sum + count, 0);
  return errors / (errors + latency.count);
}
