import type { DistributionMapping } from "../model/distribution-mapping.js";

/** The distribution of gaps: its shape, and the mean that a rate [1/s] gives, where one is given. */
export function completeInterval(
  interarrival: Readonly<Record<string, unknown>>,
  arrival_rate_per_s: number | undefined,
): DistributionMapping {
  if (arrival_rate_per_s === undefined) return interarrival as DistributionMapping;
  const key = interarrival["distribution"] === "constant" ? "value" : "mean";
  return { ...interarrival, [key]: 1 / arrival_rate_per_s } as DistributionMapping;
}
