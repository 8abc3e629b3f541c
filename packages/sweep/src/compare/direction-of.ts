/** Which way a metric gets better. */
export type Direction = "lower" | "higher";

/** Quantities, without component, unit and statistic, of which more is better. */
const HIGHER = /^(throughput|requests_completed|hit_ratio|stable_s|first_(degraded|collapse)_s|availability)/;

/** Quantities of which less is better: time, errors, queues. */
const LOWER =
  /^(latency|cpu_wait|ram_wait|residence|error_ratio|requests_failed|requests_dropped|requests_rejected|requests_timed_out|requests_in_flight|in_flight|ready_queue|ram_queue|request_queue|queue_rejected|queue_dropped|queue_expired|shed|dropped|cost_usd|replica_hours|time_to_first_token|time_per_output_token|queue_wait|rate_limited|refused|errors|retransmissions|slow_start|transfer_s|response_transfer_s|row_wait|row_queue|row_timeouts|deadlocks|stale_read|failovers|lost_writes|state_(mean|worst|last)|degraded|collapse|injected_(drops|errors)|fill_ratio|down_(s|ratio)|failures|impair|ejections|ejected|loop_lag|blocked)/;

/** The same of topics and pools, whose names stand before the quantity. */
const LOWER_OF_NAMED =
  /_(redelivered|dead_lettered|lost|dropped|(rejected|timeouts)(_per_s)?|wait_s_(mean|p99)|unsettled|backlog_(mean|max)|blocked_(mean|max)|(lag|end_to_end|blocked)_s_(mean|p99))$/;

/** Counts and rates of requests, and what they cost in all: more of them is another load before it is another system. */
const OF_LOAD = /^(throughput|errors_per_s|requests_(completed|failed|dropped|rejected|timed_out)|cost_usd$)/;

/** Whether a metric says more of the load that is offered than of the system, so that under another load neither way is better. */
export function followsLoad(metric: string): boolean {
  return OF_LOAD.test(quantityOf(metric));
}

/** Which way a metric gets better; undefined where that is for people to say, such as for a utilization. */
export function directionOf(metric: string): Direction | undefined {
  const quantity = quantityOf(metric);
  if (HIGHER.test(quantity)) return "higher";
  return LOWER.test(quantity) || LOWER_OF_NAMED.test(quantity) ? "lower" : undefined;
}

function quantityOf(metric: string): string {
  return metric.slice(metric.lastIndexOf(".") + 1);
}
