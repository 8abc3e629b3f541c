import { everyStep, type PlacedSteps } from "./every-step.js";
import { numberAt } from "./tolerant-values.js";

/** Gives the memory that an endpoint reserves: the sum over its steps, those inside others included [MB]. */
export function memoryNeeded(endpoint: PlacedSteps): number {
  return everyStep(endpoint).reduce((sum, { step }) => {
    return sum + (numberAt(step, ["ram_mb"]) ?? numberAt(step, ["step_operation", "necessary_ram"]) ?? 0);
  }, 0);
}
