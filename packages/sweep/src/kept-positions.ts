import type { Metric, Plan } from "@loadstar/engine";
import { measuredBy } from "./measured.js";
import type { KeptMetrics } from "./study.js";

/** Where what is kept stands in the engine's lists for one plan. */
export interface KeptPositions {
  readonly metrics: Int32Array;
  readonly series: Int32Array;
  readonly histograms: Int32Array;
}

/** The positions of what is kept: in plans with other components they are others. Every plan of the study has all of it. */
export function keptPositions(
  { metrics, series, histograms }: Omit<KeptMetrics, "left_out">,
  plan: Plan,
): KeptPositions {
  const measured = measuredBy(plan);
  return {
    metrics: positionsIn(measured.metrics, metrics),
    series: positionsIn(measured.series, series),
    histograms: positionsIn(measured.histograms, histograms),
  };
}

function positionsIn(all: readonly Metric[], kept: readonly Metric[]): Int32Array {
  const positions = new Map(all.map(({ name }, position) => [name, position]));
  return Int32Array.from(kept, ({ name }) => positions.get(name)!);
}
