import type { Plan } from "../plan.js";
import { ENDING_DROPPED, ENDING_FAILED, ENDING_REJECTED, ENDING_TIMED_OUT } from "../record/ending.js";
import { errorRatio } from "./error-ratio.js";
import { measure, type Measure } from "./measure.js";
import type { Recorded, RecordedRequests } from "./recorded.js";
import type { RequestKind } from "./request-kinds.js";

const QUANTILES = [
  ["p50", 0.5],
  ["p95", 0.95],
  ["p99", 0.99],
] as const;

/** What is measured of one kind of request, by its position among `requestKinds(plan)`. */
export function ofKind(plan: Plan, { what }: RequestKind, kind: number): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const of = (read: (requests: RecordedRequests) => number) => (r: Recorded) => read(r.kinds[kind]!);
  const ended = (ending: number) => of((requests) => requests.ended[ending]!);
  return [
    measure(
      "requests_completed",
      "1",
      `Requests ${what} that came back`,
      of(({ latency }) => latency.count),
    ),
    measure("requests_failed", "1", `Requests ${what} that met no server that was up`, ended(ENDING_FAILED)),
    measure("requests_dropped", "1", `Requests ${what} lost on an edge`, ended(ENDING_DROPPED)),
    measure("requests_rejected", "1", `Requests ${what} that a policy turned away`, ended(ENDING_REJECTED)),
    measure("requests_timed_out", "1", `Requests ${what} given up by their caller`, ended(ENDING_TIMED_OUT)),
    measure(
      "error_ratio",
      "ratio",
      `Failed, dropped, rejected and timed out over all ${what} that ended`,
      of(errorRatio),
    ),
    measure(
      "throughput_per_s",
      "1/s",
      `Requests ${what} that came back per second`,
      of(({ returned }) => returned / counted_s),
    ),
    measure(
      "latency_s_mean",
      "s",
      `Mean latency of completed requests ${what}`,
      of(({ latency }) => latency.mean),
    ),
    ...QUANTILES.map(([suffix, p]) =>
      measure(
        `latency_s_${suffix}`,
        "s",
        `${100 * p} % of completed requests ${what} were not slower`,
        of(({ latency }) => latency.quantile(p)),
      ),
    ),
  ];
}
