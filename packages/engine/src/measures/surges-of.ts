import type { FaultPlan } from "../plan.js";

/** A surge that comes by chance, and the fault that it is an effect of. */
export interface ChanceSurge {
  readonly fault: FaultPlan;
  readonly factor: number;
}

/** The surges of a generator that come by chance. */
export function surgesOf(generator: string, faults: readonly FaultPlan[]): readonly ChanceSurge[] {
  return faults.flatMap((fault) =>
    fault.effects.flatMap((effect) =>
      effect.kind === "traffic_surge" && effect.target === generator ? [{ fault, factor: effect.factor }] : [],
    ),
  );
}
