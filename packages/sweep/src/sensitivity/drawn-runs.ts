import { namedUniforms } from "@loadstar/engine";
import { parameterValueAt, type Parameter, type ParameterValue } from "@loadstar/scenario";
import { morrisTrajectories, sobolDesign, type DesignRun } from "@loadstar/stats";
import type { SensitivityDesign, SensitivityMethod } from "./sensitivity.js";

/** Values of the parameters that differ from the scenario's own, and the replication to run them with. */
export interface DrawnRun {
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly replication: number;
}

/** Randomisations of a Sobol design: enough for an error, few enough that each is balanced. */
export const SOBOL_RANDOMIZATIONS = 8;

type NamedParameter = readonly [name: string, parameter: Parameter];
type Design = SensitivityDesign extends infer D ? (D extends unknown ? Omit<D, "order"> : never) : never;

/**
 * Draws the runs of a method, in the order in which stats reads their outcomes. `samples` counts the rows of a Sobol
 * design, the trajectories of Morris, the replications of a tornado.
 */
export function drawnRuns(
  parameters: readonly NamedParameter[],
  { method, samples, seed }: { readonly method: SensitivityMethod; readonly samples: number; readonly seed: number },
): { readonly runs: readonly DrawnRun[]; readonly design: Design } {
  const random = namedUniforms({ component: "", purpose: `sensitivity ${method}`, seed, replication: 0 });
  const dimensions = parameters.length;
  const drawn = (runs: readonly DesignRun[]): readonly DrawnRun[] =>
    runs.map(({ point, replication }) => ({
      values: valuesAt(parameters, (index) => point[index]!),
      replication,
    }));
  if (method === "sobol") {
    const options = { samples: samples / SOBOL_RANDOMIZATIONS, randomizations: SOBOL_RANDOMIZATIONS };
    return { runs: drawn(sobolDesign({ ...options, dimensions, random })), design: { method, ...options } };
  }
  if (method === "morris") {
    const trajectories = morrisTrajectories({ trajectories: samples, dimensions, random });
    return { runs: drawn(trajectories.flatMap(({ runs }) => runs)), design: { method, trajectories } };
  }
  return { runs: tornadoRuns(parameters, samples), design: { method, replications: samples } };
}

/** The base, then each parameter at its low and at its high value, all with the same replications. */
function tornadoRuns(parameters: readonly NamedParameter[], replications: number): readonly DrawnRun[] {
  const points = parameters.flatMap((parameter) => [0, 1].map((end) => valuesAt([parameter], () => end)));
  return [{}, ...points].flatMap((values) =>
    Array.from({ length: replications }, (_, replication) => ({ values, replication })),
  );
}

function valuesAt(
  parameters: readonly NamedParameter[],
  positionOf: (index: number) => number,
): Readonly<Record<string, ParameterValue>> {
  return Object.fromEntries(
    parameters.map(([name, parameter], index) => [name, parameterValueAt(parameter, positionOf(index))]),
  );
}
