import type { SampleMetric } from "@loadstar/scenario";
import { cellsOf, seriesOf, type Plan, type RunResult } from "@loadstar/engine";

/** AsyncFlow's names of sampled metrics, and the quantities of ours whose level they sample. */
const QUANTITIES: Readonly<Record<SampleMetric, string>> = {
  ready_queue_len: "ready_queue_mean",
  event_loop_io_sleep: "io_queue_mean",
  ram_in_use: "ram_used_mb_mean",
  edge_concurrent_connection: "connections_mean",
};

/** Metric, component, values: as AsyncFlow's `get_sampled_metrics` gives them. */
export type SampledMetrics = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/**
 * The levels of a run at the ends of its series cells: with cells of AsyncFlow's sample period, AsyncFlow's sampled metrics.
 */
export function sampledMetrics(plan: Plan, { samples }: RunResult, enabled: readonly SampleMetric[]): SampledMetrics {
  const cells = cellsOf(plan);
  const series = seriesOf(plan);
  return Object.fromEntries(
    enabled.map((sampled) => {
      const quantity = QUANTITIES[sampled];
      const rows = series.flatMap(({ name, component }, row) =>
        component !== undefined && name === `${component}.${quantity}`
          ? [[component, Array.from(samples.subarray(row * cells, (row + 1) * cells))] as const]
          : [],
      );
      return [sampled, Object.fromEntries(rows)];
    }),
  );
}
