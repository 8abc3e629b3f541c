import type { RecordedRequests } from "./recorded-requests.js";
import { RecordedValues } from "./recorded-values.js";

/** What became of the requests of several records, at least one, together. */
export function pooledRequests(all: readonly RecordedRequests[]): RecordedRequests {
  return {
    generated: all.reduce((sum, { generated }) => sum + generated, 0),
    returned: all.reduce((sum, { returned }) => sum + returned, 0),
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    ended: summed(all.map(({ ended }) => ended)),
    cellCompleted: summed(all.map(({ cellCompleted }) => cellCompleted)),
    cellLatency_s: summed(all.map(({ cellLatency_s }) => cellLatency_s)),
    cellErrors: summed(all.map(({ cellErrors }) => cellErrors)),
    latency: RecordedValues.pooled(all.map(({ latency }) => latency)),
  };
}

/** The sum of lists of equal length, place by place. */
export function summed(lists: readonly Float64Array[]): Float64Array {
  return lists[0]!.map((_value, place) => lists.reduce((sum, list) => sum + list[place]!, 0));
}
