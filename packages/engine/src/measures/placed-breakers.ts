import type { BreakerPlan } from "../breaker-plan.js";
import type { Plan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";
import { policiesByEdge } from "./policies-by-edge.js";
import { settingsKey } from "./settings-key.js";

/** A circuit breaker, and the position of the edge whose calls it watches. */
export interface PlacedBreaker {
  readonly edge: number;
  readonly breaker: BreakerPlan;
}

/** The breakers of a plan, in the order in which they are recorded: one for each edge, and for each way in which calls over it ask for one. */
export const placedBreakers: (plan: Plan) => readonly PlacedBreaker[] = oncePerPlan(findPlacedBreakers);

function findPlacedBreakers(plan: Plan): readonly PlacedBreaker[] {
  const breakers = new Map<string, PlacedBreaker>();
  for (const [edge, policies] of policiesByEdge(plan).entries()) {
    for (const { breaker } of policies) {
      if (breaker !== undefined) breakers.set(breakerKey({ edge, breaker }), { edge, breaker });
    }
  }
  return [...breakers.values()];
}

/** Equal for calls that share a breaker. */
export function breakerKey({ edge, breaker }: PlacedBreaker): string {
  return settingsKey(edge, breaker);
}
