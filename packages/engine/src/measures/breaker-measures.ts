import type { Plan } from "../plan.js";
import { measure, type Measure } from "./measure.js";
import { placedBreakers } from "./placed-breakers.js";
import type { Recorded } from "./recorded.js";
import type { RecordedBreaker } from "./recorded-links.js";

/** What the breakers of an edge did; nothing where there is none. */
export function breakerMeasures(plan: Plan, edge: number): readonly Measure[] {
  const positions = placedBreakers(plan).flatMap((placed, position) => (placed.edge === edge ? [position] : []));
  if (positions.length === 0) return [];
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const sum = (read: (breaker: RecordedBreaker) => number) => (recorded: Recorded) =>
    positions.reduce((total, position) => total + read(recorded.breakers[position]!), 0);
  return [
    measure(
      "breaker_open_ratio",
      "ratio",
      "Share of the time in which its breaker was open; the mean of several",
      sum(({ open_s }) => open_s / counted_s / positions.length),
    ),
    measure(
      "breaker_opened",
      "1",
      "How often its breaker opened",
      sum(({ opened }) => opened),
    ),
    measure("breaker_rejected", "1", "Attempts that its breaker turned away", (r) => r.links[edge]!.turnedAway),
  ];
}
