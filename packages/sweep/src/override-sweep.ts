import {
  ADAPTIVE_DEFAULTS,
  InputError,
  SWEEP_DEFAULTS,
  sweepProblems,
  type AdaptiveReplications,
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
  /** More replications of each point until its objectives are decided, up to so many; by default ten times as many. */
  readonly extend?: { readonly max?: number };
  readonly confidence?: number;
  readonly replication_timeout_s?: number;
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
  const { seed, replications, confidence, replication_timeout_s, dialect, metrics, objectives } = overrides;
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
    ...(overrides.extend === undefined
      ? {}
      : { replications: extended(replications ?? sweep.replications, overrides.extend) }),
    ...(overrides.set === undefined ? {} : { set: { ...sweep.set, ...Object.fromEntries(overrides.set) } }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(replication_timeout_s === undefined ? {} : { replication_timeout_s }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(objectives === undefined ? {} : { objectives }),
    parameters: Object.fromEntries(parameters),
  };
  const problems = sweepProblems(changed, { file });
  if (problems.length > 0) throw new InputError(problems);
  return changed;
}

/** Overrides, and later ones that say more or otherwise. */
export function overridesTogether(earlier: StudyOverrides, later: StudyOverrides): StudyOverrides {
  return {
    ...earlier,
    ...later,
    set: [...(earlier.set ?? []), ...(later.set ?? [])],
    parameters: [...(earlier.parameters ?? []), ...(later.parameters ?? [])],
  };
}

/** Most replications when objectives are to be decided and nobody says how many, as a multiple of those before the first look. */
const EXTENSION = 10;

/** The same replications and as many more as its objectives need. */
function extended(
  replications: Sweep["replications"] = SWEEP_DEFAULTS.replications,
  { max }: { readonly max?: number },
): AdaptiveReplications {
  if (typeof replications !== "number") {
    return { ...replications, ...(max === undefined ? {} : { max }), until_decided: true };
  }
  const min = Math.max(replications, ADAPTIVE_DEFAULTS.min);
  return { min, max: max ?? EXTENSION * min, until_decided: true };
}
