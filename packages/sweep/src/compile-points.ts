import {
  compile,
  InputError,
  resolve,
  type DesignPoint,
  type Dialect,
  type ParameterValue,
  type Problem,
  type Scenario,
  type Sweep,
} from "@loadstar/scenario";
import { notesInForce } from "./notes-in-force.js";
import type { StudyInput } from "./read-study-input.js";
import { checkedScenario, withSettings } from "./set-values.js";
import type { StudyParameter, StudyPoint } from "./study.js";

/**
 * Checks and compiles the scenario of every point of a design, and gives the notes that hold for them. A parameter that a point
 * does not name is left as the scenario has it.
 * @throws InputError with the problems of all points, each once: at the first point that has it
 */
export function compilePoints(
  input: StudyInput,
  sweep: Sweep,
  design: readonly DesignPoint[],
): { readonly points: readonly StudyPoint[]; readonly notes: readonly Problem[] } {
  const declared = parametersOf(sweep);
  const problems = new Map<string, Problem>();
  const points: StudyPoint[] = [];
  const warned: Problem[] = [];
  for (const point of design) {
    const { point_id, parameters } = point;
    const given = declared.filter(({ name }) => Object.hasOwn(parameters, name));
    try {
      const { scenario, warnings } = checkedScenario(input, pointData(input, sweep, point), point_id);
      warned.push(...warnings);
      points.push({
        point_id,
        values: given.map(({ name, type }) => columnValue(parameters[name]!, type)),
        plan: compile(scenario, {
          ...dialectOf(sweep),
          ...seriesCell(sweep, scenario),
          ...input.recorded.read(scenario),
        }),
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) {
        const key = `${problem.path}\n${problem.message}`;
        if (!problems.has(key)) problems.set(key, problem);
      }
    }
  }
  if (problems.size > 0) throw new InputError([...problems.values()]);
  return { points, notes: notesInForce(input.notes, warned) };
}

/** The data of the scenario with the values of one point. @throws InputError with every path that leads nowhere */
export function pointData(input: StudyInput, { parameters = {} }: Sweep, point: DesignPoint): unknown {
  const values = Object.entries(parameters).flatMap(([name, { path }]) => {
    if (!Object.hasOwn(point.parameters, name)) return [];
    const from = Object.hasOwn(input.sweep.parameters ?? {}, name) ? ["parameters", name, "path"] : undefined;
    return [path].flat().map((one) => ({ path: one, value: point.parameters[name]!, from }));
  });
  return withSettings(input, input.data, values);
}

/** The parameters of a sweep with the types of their columns. */
export function parametersOf(sweep: Sweep): readonly StudyParameter[] {
  return Object.entries(sweep.parameters ?? {}).map(([name, { path, values, range }]) => {
    const listed = values ?? range ?? (sweep.points ?? []).map((point) => point[name]!);
    const types = new Set(listed.map((value) => typeof value));
    const [type] = types;
    const plain = types.size === 1 && (type === "number" || type === "boolean");
    return { name, paths: [path].flat(), type: plain ? type : "string" };
  });
}

/** The dialect that a sweep demands, as an option. */
export function dialectOf({ dialect }: Sweep): { readonly dialect?: Dialect } {
  return dialect === undefined ? {} : { dialect };
}

/** A value as its column holds it: a mapping as compact JSON, everything as text where the values are of several types. */
function columnValue(value: ParameterValue, type: StudyParameter["type"]): number | string | boolean {
  if (typeof value === "object") return JSON.stringify(value);
  return type === "string" ? String(value) : value;
}

function seriesCell({ series_points }: Sweep, scenario: Scenario): { readonly series_cell_s?: number } {
  if (series_points === undefined) return {};
  const horizon_s = resolve(scenario).sim_settings.total_simulation_time;
  return { series_cell_s: series_points === 0 ? 0 : horizon_s / series_points };
}
