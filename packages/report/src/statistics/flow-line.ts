import { formatQuantity } from "../quantity/format-quantity.js";
import { flowItems } from "../text/flow-items.js";

/** What became of the requests; `rare` ones are left out when they are 0. */
const FLOW = [
  { label: "generated", metric: "requests_generated", unit: "1", rare: false },
  { label: "completed", metric: "requests_completed", unit: "1", rare: false },
  { label: "failed", metric: "requests_failed", unit: "1", rare: false },
  { label: "dropped", metric: "requests_dropped", unit: "1", rare: false },
  { label: "rejected", metric: "requests_rejected", unit: "1", rare: true },
  { label: "timed out", metric: "requests_timed_out", unit: "1", rare: true },
  { label: "in flight", metric: "requests_in_flight", unit: "1", rare: false },
  { label: "error ratio", metric: "error_ratio", unit: "ratio", rare: false },
  { label: "throughput", metric: "throughput_per_s", unit: "1/s", rare: false },
] as const;

/** Returns where the generated requests went, on as few lines as `width` [columns] allows. */
export function flowLine(valueOf: ReadonlyMap<string, number>, width: number): string {
  const items = FLOW.flatMap(({ label, metric, unit, rare }) => {
    const value = valueOf.get(metric);
    return value === undefined || (rare && value === 0) ? [] : [`${label} ${formatQuantity(value, unit)}`];
  });
  return flowItems(items, { width }).join("\n");
}
