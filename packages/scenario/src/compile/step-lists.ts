import type { ResolvedStep } from "../model/resolved-step.js";

/** The lists of steps in a step. */
export function stepLists(step: ResolvedStep): readonly (readonly ResolvedStep[])[] {
  const handler = [
    ...("on_error" in step && step.on_error !== undefined ? [step.on_error] : []),
    ...("fallback" in step && step.fallback !== undefined ? [step.fallback] : []),
  ];
  if ("spawn" in step) return [step.spawn];
  if ("branch" in step) return [...step.branch.map(({ steps }) => steps), ...handler];
  if ("parallel" in step) return [...step.parallel.branches, ...handler];
  if ("cache" in step) return [step.on_miss, ...handler];
  if ("repeat" in step) return [step.repeat.steps, ...handler];
  return "steps" in step ? [step.steps, ...handler] : handler;
}
