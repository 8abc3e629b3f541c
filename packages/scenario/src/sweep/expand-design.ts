import type { DesignPoint, Parameter, ParameterValue, Sweep } from "../model/sweep.js";
import { SWEEP_DEFAULTS } from "../model/sweep-defaults.js";
import { fnv1a } from "./fnv1a.js";
import { pointId, shortenedId } from "./point-id.js";
import { isSampled, sampledPoints } from "./sampled-design.js";

/**
 * Gives the points of a sweep that was checked, in order: in a grid the last parameter varies fastest, in a zip each point
 * takes the values at one position, a list is as it stands, and what is drawn comes as drawn. A sweep without parameters
 * has the one point `base`.
 */
export function expandDesign(sweep: Sweep): readonly DesignPoint[] {
  const taken = new Set<string>();
  return combinationsOf(sweep).map((combination) => {
    const point_id = untaken(pointId(combination), taken);
    taken.add(point_id);
    return { point_id, parameters: combination };
  });
}

/** Gives the parameters of the points of a sweep, in order. */
export function combinationsOf(sweep: Sweep): readonly Combination[] {
  const { design = SWEEP_DEFAULTS.design, samples = 0, points = [] } = sweep;
  const parameters = Object.entries(sweep.parameters ?? {});
  if (design === "list") return points.map((point) => inOrder(parameters, (name) => point[name]!));
  if (isSampled(design)) return sampledPoints(sweep, { design, samples });
  return design === "zip" && parameters.length > 0 ? zip(parameters) : grid(parameters);
}

/** Number of points that a sweep has. */
export function countPoints(sweep: Omit<Sweep, "scenario">): number {
  const { design = SWEEP_DEFAULTS.design, samples = 0, randomizations = SWEEP_DEFAULTS.randomizations } = sweep;
  if (design === "list") return sweep.points?.length ?? 0;
  if (isSampled(design)) return samples * randomizations;
  const lengths = Object.values(sweep.parameters ?? {}).map(({ values = [] }) => values.length);
  if (design === "zip" && lengths.length > 0) return Math.max(...lengths);
  return lengths.reduce((product, length) => product * length, 1);
}

type NamedParameter = readonly [name: string, parameter: Parameter];
type Combination = Readonly<Record<string, ParameterValue>>;

function inOrder(parameters: readonly NamedParameter[], valueOf: (name: string) => ParameterValue): Combination {
  return Object.fromEntries(parameters.map(([name]) => [name, valueOf(name)]));
}

function grid(parameters: readonly NamedParameter[]): readonly Combination[] {
  return parameters.reduce<readonly Combination[]>(
    (combinations, [name, { values = [] }]) =>
      combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value }))),
    [{}],
  );
}

function zip(parameters: readonly NamedParameter[]): readonly Combination[] {
  const columns = new Map(parameters.map(([name, { values = [] }]) => [name, values]));
  const first = parameters[0]?.[1].values ?? [];
  return first.map((_, index) => inOrder(parameters, (name) => columns.get(name)![index]!));
}

/** Two long ids may share their beginning and their hash; then the later one is hashed again. */
function untaken(id: string, taken: ReadonlySet<string>): string {
  let candidate = id;
  for (let attempt = 1; taken.has(candidate); attempt++) candidate = shortenedId(id, fnv1a(`${id}#${attempt}`));
  return candidate;
}
