import type { Plan } from "../plan.js";
import type { RunResult } from "../run-result.js";
import type { Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";
import { seriesColumns } from "./series-of.js";

/** How a run ended, and what is wanted of it: `reason` is empty unless a budget ended it. */
export interface Ending {
  readonly reason: string;
  readonly events: number;
  /** Whether the samples are wanted: they cost as much as the series. */
  readonly samples: boolean;
  /** Where the series go; a new array by default. */
  readonly series?: Float64Array | undefined;
}

/** Reads a finished run. A truncated one has no metrics: its averages would be those of another horizon. */
export function resultOf(plan: Plan, measures: readonly Measure[], recorded: Recorded, ending: Ending): RunResult {
  const truncated = ending.reason !== "";
  return {
    outcome: truncated ? "truncated" : "completed",
    reason: ending.reason,
    events: ending.events,
    metrics: truncated ? new Float64Array(measures.length).fill(Number.NaN) : metricsIn(measures, recorded),
    series: seriesColumns(plan, recorded, { valuesOf: ({ cellMeans }) => cellMeans, into: ending.series }),
    samples: ending.samples
      ? seriesColumns(plan, recorded, { valuesOf: ({ cellEnds }) => cellEnds })
      : new Float64Array(0),
    histograms: [recorded.latency, ...recorded.servers.map(({ cpuWait }) => cpuWait)].map((values) => values.buckets()),
  };
}

/** Without `Float64Array.from`, which makes a list and an object for each number first: every run comes here. */
function metricsIn(measures: readonly Measure[], recorded: Recorded): Float64Array {
  const metrics = new Float64Array(measures.length);
  for (let k = 0; k < metrics.length; k++) metrics[k] = measures[k]!.read(recorded);
  return metrics;
}
