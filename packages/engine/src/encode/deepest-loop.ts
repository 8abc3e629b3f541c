import type { StepPlan } from "../plan.js";

/** How many loops there are in each other at most. */
export function deepestLoop(steps: readonly StepPlan[]): number {
  return steps.reduce((most, step) => Math.max(most, loopsIn(step)), 0);
}

function loopsIn(step: StepPlan): number {
  switch (step.kind) {
    case "repeat":
      return 1 + deepestLoop(step.steps);
    case "branch":
      return deepestLoop(step.ways.flatMap(({ steps }) => steps));
    case "parallel":
      return deepestLoop(step.branches.flat());
    case "spawn":
    case "hold":
      return deepestLoop(step.steps);
    case "attempt":
      return deepestLoop([...step.steps, ...step.on_error]);
    default:
      return 0;
  }
}
