import { namedUniforms } from "@loadstar/engine";
import { latinHypercube, sobolPoints, uniformPoints } from "@loadstar/stats";
import { SWEEP_DEFAULTS } from "../model/sweep-defaults.js";
import type { DesignName, ParameterValue, Sweep } from "../model/sweep.js";
import { parameterValueAt } from "./parameter-value-at.js";

/** Designs that are drawn at random. */
export type SampledDesign = Exclude<DesignName, "grid" | "zip" | "list">;

const DRAW = { lhs: latinHypercube, sobol: sobolPoints, random: uniformPoints } as const;

/** Whether the points of a design are drawn at random. */
export function isSampled(design: DesignName): design is SampledDesign {
  return Object.hasOwn(DRAW, design);
}

/**
 * Gives the parameters of the points of a design that is drawn, randomisation by randomisation. Each has a stream of
 * random numbers of its own, named after the seed of the sweep and its own number: more of them change none before.
 */
export function sampledPoints(
  sweep: Sweep,
  { design, samples }: { readonly design: SampledDesign; readonly samples: number },
): readonly Readonly<Record<string, ParameterValue>>[] {
  const parameters = Object.entries(sweep.parameters ?? {});
  const { seed = SWEEP_DEFAULTS.seed, randomizations = SWEEP_DEFAULTS.randomizations } = sweep;
  return Array.from({ length: randomizations }, (_, replication) => {
    const random = namedUniforms({ component: "", purpose: `design ${design}`, seed, replication });
    return DRAW[design]({ samples, dimensions: parameters.length, random });
  })
    .flat()
    .map((point) =>
      Object.fromEntries(parameters.map(([name, parameter], k) => [name, parameterValueAt(parameter, point[k]!)])),
    );
}
