import type { StepPlan } from "../plan.js";
import { partsOf } from "./steps-within.js";

/** How many counters steps need: one for each of the repeats, look-ups, and calls that are tried again, that are in each other. */
export function deepestLoop(steps: readonly StepPlan[]): number {
  return steps.reduce((most, step) => {
    const counts =
      step.kind === "repeat" || step.kind === "look_up" || (step.kind === "call" && step.policy.retry !== null);
    return Math.max(most, (counts ? 1 : 0) + deepestLoop(partsOf(step).flat()));
  }, 0);
}
