import type { Metric } from "../metric.js";
import type { Plan } from "../plan.js";
import type { RatioSeries } from "./series.js";
import type { Recorded } from "./recorded.js";
import type { RecordedRequests } from "./recorded-requests.js";
import { requestKinds } from "./request-kinds.js";
import { visitKinds } from "./visit-kinds.js";

/** The rates and latencies of all requests. */
export const SYSTEM_SERIES: readonly RatioSeries[] = [
  {
    metric: { name: "throughput_per_s", unit: "1/s", description: "Completed requests per second" },
    sums: ({ cellCompleted }) => cellCompleted,
  },
  {
    metric: { name: "errors_per_s", unit: "1/s", description: "Requests per second that ended without completing" },
    sums: ({ cellErrors }) => cellErrors,
  },
  {
    metric: { name: "latency_s_mean", unit: "s", description: "Mean latency of the requests completed in the cell" },
    sums: ({ cellLatency_s }) => cellLatency_s,
    over: ({ cellCompleted }) => cellCompleted,
  },
];

/** The same of each kind of request. */
export function kindSeries(plan: Plan): readonly RatioSeries[] {
  return requestKinds(plan).flatMap(({ component, what }, kind) =>
    ofRequests({ component, prefix: component, what }, (r) => r.kinds[kind]!),
  );
}

/** The same of each kind of visit to a server. */
export function visitSeries(plan: Plan): readonly RatioSeries[] {
  return visitKinds(plan).flatMap((kind, position) => ofRequests(kind, (r) => r.visits[position]!));
}

function ofRequests(
  { component, prefix, what }: { readonly component: string; readonly prefix: string; readonly what: string },
  record: (recorded: Recorded) => RecordedRequests,
): readonly RatioSeries[] {
  const metric = (name: string, unit: string, description: string): Metric => ({
    name: `${prefix}.${name}`,
    unit,
    description,
    component,
  });
  return [
    {
      metric: metric("throughput_per_s", "1/s", `Completed requests ${what} per second`),
      sums: (r) => record(r).cellCompleted,
    },
    {
      metric: metric("errors_per_s", "1/s", `Requests ${what} per second that ended without completing`),
      sums: (r) => record(r).cellErrors,
    },
    {
      metric: metric("latency_s_mean", "s", `Mean latency of the requests ${what} completed in the cell`),
      sums: (r) => record(r).cellLatency_s,
      over: (r) => record(r).cellCompleted,
    },
  ];
}
