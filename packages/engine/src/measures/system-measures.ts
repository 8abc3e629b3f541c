import type { Plan } from "../plan.js";
import { ENDING_DROPPED, ENDING_FAILED, ENDING_REJECTED, ENDING_TIMED_OUT } from "../record/ending.js";
import { errorRatio } from "./error-ratio.js";
import { measure, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";

const LATENCY_QUANTILES = [
  ["p50", 0.5],
  ["p90", 0.9],
  ["p95", 0.95],
  ["p99", 0.99],
  ["p999", 0.999],
] as const;

/** What is measured of all requests together, from end to end. */
export function systemMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return [
    measure("requests_generated", "1", "Requests generated after the warm-up", (r) => r.generated),
    measure("requests_completed", "1", "Of those, requests that came back to a client", (r) => r.latency.count),
    measure(
      "requests_failed",
      "1",
      "Of those, requests that met no server that was up",
      (r) => r.ended[ENDING_FAILED]!,
    ),
    measure("requests_dropped", "1", "Of those, requests lost on an edge", (r) => r.ended[ENDING_DROPPED]!),
    measure("requests_rejected", "1", "Of those, requests that a policy turned away", (r) => r.ended[ENDING_REJECTED]!),
    measure(
      "requests_timed_out",
      "1",
      "Of those, requests given up by their caller",
      (r) => r.ended[ENDING_TIMED_OUT]!,
    ),
    measure("requests_in_flight", "1", "Of those, requests still in the system at the end", inFlight),
    measure("error_ratio", "ratio", "Failed, dropped, rejected and timed out over all that ended", errorRatio),
    measure(
      "throughput_per_s",
      "1/s",
      "Requests per second that came back after the warm-up, whenever they were generated",
      (r) => r.returned / counted_s,
    ),
    measure(
      "errors_per_s",
      "1/s",
      "Requests per second that failed, were dropped, rejected or timed out after the warm-up, whenever they were generated",
      (r) => r.errors / counted_s,
    ),
    measure("latency_s_mean", "s", "Mean latency of completed requests", (r) => r.latency.mean),
    measure("latency_s_std", "s", "Standard deviation of latency", (r) => r.latency.std),
    measure("latency_s_min", "s", "Smallest latency", (r) => r.latency.smallest),
    measure("latency_s_max", "s", "Largest latency", (r) => r.latency.largest),
    ...LATENCY_QUANTILES.map(([suffix, p]) =>
      measure(`latency_s_${suffix}`, "s", `${100 * p} % of completed requests were not slower`, (r) =>
        r.latency.quantile(p),
      ),
    ),
    measure("in_flight_mean", "1", "Time average of the requests in the system", (r) => r.inFlight.area / counted_s),
    measure("in_flight_max", "1", "Most requests in the system at once", (r) => r.inFlight.maximum),
  ];
}

function inFlight(recorded: Recorded): number {
  return recorded.generated - recorded.latency.count - recorded.ended.reduce((sum, count) => sum + count, 0);
}
