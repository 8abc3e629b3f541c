import type { DesignPoint, Parameter, ParameterValue, Sweep } from "../model/sweep.js";
import { SWEEP_DEFAULTS } from "../model/sweep-defaults.js";
import { fnv1a } from "./fnv1a.js";
import { pointId, shortenedId } from "./point-id.js";

/**
 * Gives the points of a sweep, in order: in a grid the last parameter varies fastest, in a zip each point takes the
 * values at one position. A sweep without parameters has the one point `base`.
 */
export function expandDesign(sweep: Sweep): readonly DesignPoint[] {
  const parameters = Object.entries(sweep.parameters ?? {});
  const design = sweep.design ?? SWEEP_DEFAULTS.design;
  const combinations = design === "zip" && parameters.length > 0 ? zip(parameters) : grid(parameters);
  const taken = new Set<string>();
  return combinations.map((combination) => {
    const point_id = untaken(pointId(combination), taken);
    taken.add(point_id);
    return { point_id, parameters: combination };
  });
}

/** Number of points that a sweep has. */
export function countPoints(sweep: Pick<Sweep, "parameters" | "design">): number {
  const lengths = Object.values(sweep.parameters ?? {}).map(({ values }) => values.length);
  if (sweep.design === "zip" && lengths.length > 0) return Math.max(...lengths);
  return lengths.reduce((product, length) => product * length, 1);
}

type NamedParameter = readonly [name: string, parameter: Parameter];
type Combination = Readonly<Record<string, ParameterValue>>;

function grid(parameters: readonly NamedParameter[]): readonly Combination[] {
  return parameters.reduce<readonly Combination[]>(
    (combinations, [name, { values }]) =>
      combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value }))),
    [{}],
  );
}

function zip(parameters: readonly NamedParameter[]): readonly Combination[] {
  const first = parameters[0]?.[1].values ?? [];
  return first.map((_, index) =>
    Object.fromEntries(parameters.map(([name, { values }]) => [name, values[index] as ParameterValue])),
  );
}

/** Two long ids may share their beginning and their hash; then the later one is hashed again. */
function untaken(id: string, taken: ReadonlySet<string>): string {
  let candidate = id;
  for (let attempt = 1; taken.has(candidate); attempt++) candidate = shortenedId(id, fnv1a(`${id}#${attempt}`));
  return candidate;
}
