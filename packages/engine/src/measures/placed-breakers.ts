import { stepsWithin } from "../encode/steps-within.js";
import type { BreakerPlan } from "../breaker-plan.js";
import type { CallPolicy, Plan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** A circuit breaker, and the position of the edge whose calls it watches. */
export interface PlacedBreaker {
  readonly edge: number;
  readonly breaker: BreakerPlan;
}

/** The breakers of a plan, in the order in which they are recorded: one for each edge, and for each way in which calls over it ask for one. */
export const placedBreakers: (plan: Plan) => readonly PlacedBreaker[] = oncePerPlan(findPlacedBreakers);

function findPlacedBreakers({ generators, servers, edges }: Plan): readonly PlacedBreaker[] {
  const breakers = new Map<string, PlacedBreaker>();
  const add = ({ breaker }: CallPolicy, edge: number): void => {
    if (breaker !== undefined) breakers.set(breakerKey({ edge, breaker }), { edge, breaker });
  };
  for (const [edge, { id, source }] of edges.entries()) {
    for (const generator of generators) if (generator.id === source) add(generator.policy, edge);
    const endpoints = servers.filter((server) => server.id === source).flatMap((server) => server.endpoints);
    for (const step of endpoints.flatMap(({ steps }) => stepsWithin(steps))) {
      if (step.kind === "call" && step.edge === id) add(step.policy, edge);
    }
  }
  return [...breakers.values()];
}

/** Equal for calls that share a breaker. */
export function breakerKey({ edge, breaker }: PlacedBreaker): string {
  const settings = Object.entries(breaker).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([edge, settings]);
}
