import type { Plan } from "../plan.js";
import { ENDING_DROPPED, ENDING_FAILED, ENDING_REJECTED, ENDING_TIMED_OUT } from "../record/ending.js";
import { errorRatio } from "./error-ratio.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";
import type { RecordedRequests } from "./recorded-requests.js";
import { requestKinds } from "./request-kinds.js";
import { visitKinds } from "./visit-kinds.js";

const QUANTILES = [
  ["p50", 0.5],
  ["p95", 0.95],
  ["p99", 0.99],
] as const;

/** A kind of request, what is recorded of it, and how its requests end, in words. */
interface MeasuredKind {
  readonly what: string;
  readonly record: (recorded: Recorded) => RecordedRequests;
  readonly words: EndingWords;
}

interface EndingWords {
  readonly completed: string;
  readonly failed: string;
  readonly dropped: string;
  readonly rejected: string;
  readonly timed_out: string;
}

/** Of requests of generators. */
const REQUEST_WORDS: EndingWords = {
  completed: "that came back",
  failed: "that met no server that was up",
  dropped: "lost on an edge",
  rejected: "that a policy turned away",
  timed_out: "given up by their caller",
};

/** Of visits to servers. */
const VISIT_WORDS: EndingWords = {
  completed: "that left without an error",
  failed: "that failed",
  dropped: "that failed because something was lost on an edge",
  rejected: "that were turned away, there or by what they called",
  timed_out: "that were given up, or what they called",
};

/** What is measured of each kind of request. */
export function kindMeasures(plan: Plan): readonly Measure[] {
  return requestKinds(plan).flatMap(({ component, what }, index) =>
    ofComponent(component, ofKind(plan, { what, record: (r) => r.kinds[index]!, words: REQUEST_WORDS })),
  );
}

/** What is measured of the visits to servers by endpoint and class. */
export function visitMeasures(plan: Plan): readonly Measure[] {
  return visitKinds(plan).flatMap(({ component, prefix, what }, index) =>
    ofComponent(component, ofKind(plan, { what, record: (r) => r.visits[index]!, words: VISIT_WORDS }), prefix),
  );
}

/** What is measured of one kind of request. */
function ofKind(plan: Plan, { what, record, words }: MeasuredKind): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const of = (read: (requests: RecordedRequests) => number) => (r: Recorded) => read(record(r));
  const ended = (ending: number) => of((requests) => requests.ended[ending]!);
  return [
    measure(
      "requests_completed",
      "1",
      `Requests ${what} ${words.completed}`,
      of(({ latency }) => latency.count),
    ),
    measure("requests_failed", "1", `Requests ${what} ${words.failed}`, ended(ENDING_FAILED)),
    measure("requests_dropped", "1", `Requests ${what} ${words.dropped}`, ended(ENDING_DROPPED)),
    measure("requests_rejected", "1", `Requests ${what} ${words.rejected}`, ended(ENDING_REJECTED)),
    measure("requests_timed_out", "1", `Requests ${what} ${words.timed_out}`, ended(ENDING_TIMED_OUT)),
    measure(
      "error_ratio",
      "ratio",
      `Failed, dropped, rejected and timed out over all ${what} that ended`,
      of(errorRatio),
    ),
    measure(
      "throughput_per_s",
      "1/s",
      `Requests ${what} ${words.completed}, per second`,
      of(({ returned }) => returned / counted_s),
    ),
    measure(
      "errors_per_s",
      "1/s",
      `Requests ${what} per second that failed, were dropped, rejected or timed out`,
      of(({ errors }) => errors / counted_s),
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
