import {
  InputError,
  sweepProblems,
  type Dialect,
  type Objective,
  type ParameterValue,
  type SettableValue,
  type Sweep,
} from "@loadstar/scenario";
import type { StudyInput } from "./read-study-input.js";

/** What the command line says instead of the file, or besides it. */
export interface StudyOverrides {
  readonly seed?: number;
  readonly replications?: number;
  readonly confidence?: number;
  readonly dialect?: Dialect;
  readonly metrics?: readonly string[];
  readonly objectives?: readonly Objective[];
  /** Parameter path and value, set at every point before the parameters. */
  readonly set?: readonly (readonly [path: string, value: SettableValue])[];
  /** Values of a parameter of the sweep, or of a parameter path that becomes one. */
  readonly parameters?: readonly (readonly [name: string, values: readonly ParameterValue[]])[];
}

/**
 * The sweep of the file with what the command line says instead.
 * @throws InputError when the two together make no design
 */
export function overrideSweep({ file, sweep }: StudyInput, overrides: StudyOverrides): Sweep {
  const { seed, replications, confidence, dialect, metrics, objectives } = overrides;
  const parameters = new Map(Object.entries(sweep.parameters ?? {}));
  const declared = [...parameters.keys()].join(", ") || "none";
  for (const [name, values] of overrides.parameters ?? []) {
    if (!parameters.has(name) && !/[.[]/.test(name)) {
      const rule = "must be a parameter of the sweep or a path into the scenario";
      const message = `${rule}: current parameters are ${declared}`;
      throw new InputError([{ file, line: 0, column: 0, path: name, message }]);
    }
    parameters.set(name, { path: parameters.get(name)?.path ?? name, values });
  }
  const changed = {
    ...sweep,
    ...(seed === undefined ? {} : { seed }),
    ...(replications === undefined ? {} : { replications }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(objectives === undefined ? {} : { objectives }),
    parameters: Object.fromEntries(parameters),
  };
  const problems = sweepProblems(changed, { file });
  if (problems.length > 0) throw new InputError(problems);
  return changed;
}
