import type { Metric } from "../metric.js";
import type { Plan } from "../plan.js";

/** All metrics that have a histogram, in the order of `RunResult.histograms`. */
export function histogramsOf(plan: Plan): readonly Metric[] {
  return [
    { name: "latency_s", unit: "s", description: "Latency of completed requests" },
    ...plan.servers.map(({ id }) => ({
      name: `${id}.cpu_wait_s`,
      unit: "s",
      description: "Wait for a core, bursts that did not wait included",
      component: id,
    })),
  ];
}
