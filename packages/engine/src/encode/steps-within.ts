import type { StepPlan } from "../plan.js";

/** Steps, and all steps in them. */
export function stepsWithin(steps: readonly StepPlan[]): readonly StepPlan[] {
  const found: StepPlan[] = [];
  collect(steps, found);
  return found;
}

function collect(steps: readonly StepPlan[], found: StepPlan[]): void {
  for (const step of steps) {
    found.push(step);
    for (const part of partsOf(step)) collect(part, found);
  }
}

/** The lists of steps in a step. */
export function partsOf(step: StepPlan): readonly (readonly StepPlan[])[] {
  switch (step.kind) {
    case "branch":
      return step.ways.map(({ steps }) => steps);
    case "parallel":
      return step.branches;
    case "repeat":
    case "spawn":
    case "hold":
    case "transaction":
      return [step.steps];
    case "look_up":
      return [step.on_miss];
    case "attempt":
      return [step.steps, step.on_error];
    default:
      return [];
  }
}
