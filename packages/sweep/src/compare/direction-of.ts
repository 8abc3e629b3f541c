/** Which way a metric gets better. */
export type Direction = "lower" | "higher";

/** Quantities, without component, unit and statistic, of which more is better. */
const HIGHER = /^(throughput|requests_completed|availability)/;

/** Quantities of which less is better: time, errors, queues. */
const LOWER =
  /^(latency|cpu_wait|ram_wait|residence|error_ratio|requests_failed|requests_dropped|requests_rejected|requests_timed_out|requests_in_flight|in_flight|ready_queue|ram_queue|dropped|down_s|failures|impair|cost_usd|replica_hours)/;

/** Which way a metric gets better; undefined where that is for people to say, such as for a utilization. */
export function directionOf(metric: string): Direction | undefined {
  const quantity = metric.slice(metric.lastIndexOf(".") + 1);
  if (HIGHER.test(quantity)) return "higher";
  return LOWER.test(quantity) ? "lower" : undefined;
}
