import { basename, dirname, extname, isAbsolute, join } from "node:path";
import { metricsOf, type Plan } from "@loadstar/engine";
import {
  checkScenario,
  compile,
  expandDesign,
  InputError,
  parseScenario,
  parseSweep,
  resolve,
  setParameter,
  SWEEP_DEFAULTS,
  type DesignPoint,
  type DataPath,
  type Dialect,
  type Locate,
  type ParameterValue,
  type Problem,
  type Scenario,
  type SettableValue,
  type Sweep,
} from "@loadstar/scenario";
import { readInput } from "./read-input.js";
import { selectMetrics } from "./select-metrics.js";
import type { KeptMetrics, Study, StudyParameter, StudyPoint } from "./study.js";

/** What the command line says instead of the file, or besides it. */
export interface StudyOverrides {
  readonly seed?: number;
  readonly replications?: number;
  readonly confidence?: number;
  readonly dialect?: Dialect;
  readonly metrics?: readonly string[];
  /** Parameter path and value, set at every point before the parameters. */
  readonly set?: readonly (readonly [path: string, value: SettableValue])[];
  /** Values of a parameter of the sweep, or of a parameter path that becomes one. */
  readonly parameters?: readonly (readonly [name: string, values: readonly ParameterValue[]])[];
}

/**
 * Reads a sweep file, or a scenario file as a sweep of one point, checks it whole and compiles every point.
 * @throws InputError with all problems at once
 */
export async function loadStudy(file: string, overrides: StudyOverrides = {}): Promise<Study> {
  const text = await readInput(file);
  const reading = parseScenario(text, { file });
  if (!looksLikeSweep(reading.data)) {
    if (reading.problems.length > 0) throw new InputError(reading.problems);
    const sweep = { name: nameOf(file, reading.scenario?.name), scenario: file };
    const input = { file, sweep, scenarioFile: file, data: reading.data, notes: reading.notes, locate: () => NOWHERE };
    return assemble(input, overrides);
  }
  const { sweep, problems, notes, locate } = parseSweep(text, { file });
  const scenarioFile = sweep === undefined ? undefined : beside(file, sweep.scenario);
  const scenario =
    scenarioFile === undefined ? undefined : parseScenario(await readInput(scenarioFile), { file: scenarioFile });
  const all = [...problems, ...(scenario?.problems ?? [])];
  if (all.length > 0 || sweep === undefined || scenarioFile === undefined) throw new InputError(all);
  const input = {
    file,
    sweep: { ...sweep, name: nameOf(file, sweep.name) },
    scenarioFile,
    data: scenario?.data,
    notes: [...notes, ...(scenario?.notes ?? [])],
    locate,
  };
  return assemble(input, overrides);
}

/** Files that were read and are right by themselves. */
interface Input {
  readonly file: string;
  readonly sweep: Sweep & { readonly name: string };
  readonly scenarioFile: string;
  readonly data: unknown;
  readonly notes: readonly Problem[];
  /** Where the parts of the sweep file stand. */
  readonly locate: Locate;
}

/** A value on its way into a scenario, and where the sweep file says so; undefined for the command line. */
interface Setting {
  readonly path: string;
  readonly value: SettableValue;
  readonly from: DataPath | undefined;
}

function assemble(input: Input, overrides: StudyOverrides): Study {
  const sweep = overridden(input, overrides);
  const settings = [
    ...Object.entries(sweep.set ?? {}).map(([path, value]) => ({ path, value, from: ["set", path] })),
    ...(overrides.set ?? []).map(([path, value]) => ({ path, value, from: undefined })),
  ];
  const data = withValues(input, input.data, settings);
  const base = checked(input, data, "");
  const design = expandDesign(sweep);
  const points = compilePoints({ ...input, data }, sweep, design);
  return {
    name: input.sweep.name,
    seed: sweep.seed ?? SWEEP_DEFAULTS.seed,
    replications: sweep.replications ?? SWEEP_DEFAULTS.replications,
    confidence: sweep.confidence ?? SWEEP_DEFAULTS.confidence,
    parameters: parametersOf(sweep),
    points,
    kept: keptMetrics(input, sweep, points),
    notes: input.notes,
    source: { sweep, scenario: resolve(base, dialectOf(sweep)) },
  };
}

function overridden(input: Input, overrides: StudyOverrides): Sweep {
  const { sweep } = input;
  const { seed, replications, confidence, dialect, metrics } = overrides;
  const parameters = new Map(Object.entries(sweep.parameters ?? {}));
  const declared = [...parameters.keys()].join(", ") || "none";
  for (const [name, values] of overrides.parameters ?? []) {
    if (!parameters.has(name) && !/[.[]/.test(name)) {
      const rule = "must be a parameter of the sweep or a path into the scenario";
      throw new InputError([problemOf(input, name, `${rule}: current parameters are ${declared}`)]);
    }
    parameters.set(name, { path: parameters.get(name)?.path ?? name, values });
  }
  return {
    ...sweep,
    ...(seed === undefined ? {} : { seed }),
    ...(replications === undefined ? {} : { replications }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(metrics === undefined ? {} : { metrics }),
    parameters: Object.fromEntries(parameters),
  };
}

function compilePoints(input: Input, sweep: Sweep, design: readonly DesignPoint[]): readonly StudyPoint[] {
  const declared = parametersOf(sweep);
  const placeOf = (name: string): DataPath | undefined =>
    Object.hasOwn(input.sweep.parameters ?? {}, name) ? ["parameters", name, "path"] : undefined;
  const problems = new Map<string, Problem>();
  const points: StudyPoint[] = [];
  for (const { point_id, parameters } of design) {
    try {
      const values = declared.flatMap(({ name, paths }) =>
        paths.map((path) => ({ path, value: parameters[name]!, from: placeOf(name) })),
      );
      const scenario = checked(input, withValues(input, input.data, values), point_id);
      points.push({
        point_id,
        values: declared.map(({ name, type }) => columnValue(parameters[name]!, type)),
        plan: compile(scenario, { ...dialectOf(sweep), ...seriesCell(sweep, scenario) }),
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) problems.set(`${problem.path}\n${problem.message}`, problem);
    }
  }
  if (problems.size > 0) throw new InputError([...problems.values()]);
  return points;
}

function withValues({ file, locate }: Input, data: unknown, settings: readonly Setting[]): unknown {
  const problems: Problem[] = [];
  const changed = settings.reduce<unknown>((current, { path, value, from }) => {
    try {
      return setParameter(current, path, value);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const position = from === undefined ? NOWHERE : locate(from, "value");
      problems.push(...error.problems.map((problem) => ({ ...problem, file, ...position })));
      return current;
    }
  }, data);
  if (problems.length > 0) throw new InputError(problems);
  return changed;
}

/** The position of what stands in no file. */
const NOWHERE = { line: 0, column: 0 } as const;

/** A scenario after values were set; problems name the point, because no line of a file holds them. */
function checked({ scenarioFile }: Input, data: unknown, point_id: string): Scenario {
  const file = point_id === "" || point_id === "base" ? scenarioFile : `${scenarioFile} at ${point_id}`;
  const { scenario, problems } = checkScenario(data, { file });
  if (scenario === undefined) throw new InputError(problems);
  return scenario;
}

function keptMetrics(input: Input, sweep: Sweep, points: readonly StudyPoint[]): KeptMetrics {
  const { kept, unmatched } = selectMetrics(points[0]!.plan, sweep.metrics);
  const problems = unmatched.map((pattern) =>
    problemOf(input, "metrics", `no metric matches ${JSON.stringify(pattern)}`),
  );
  const names = metricNames(points[0]!.plan);
  const odd = points.find(({ plan }) => metricNames(plan) !== names);
  if (odd !== undefined) {
    const rule = "every point must have the same servers and edges";
    problems.push(problemOf(input, "parameters", `${rule}: ${odd.point_id} has others than ${points[0]!.point_id}`));
  }
  if (problems.length > 0) throw new InputError(problems);
  return kept;
}

function metricNames(plan: Plan): string {
  return metricsOf(plan)
    .map(({ name }) => name)
    .join("\n");
}

function parametersOf(sweep: Sweep): readonly StudyParameter[] {
  return Object.entries(sweep.parameters ?? {}).map(([name, { path, values }]) => {
    const types = new Set(values.map((value) => typeof value));
    const [type] = types;
    const plain = types.size === 1 && (type === "number" || type === "boolean");
    return { name, paths: [path].flat(), type: plain ? type : "string" };
  });
}

/** A value as its column holds it: a mapping as compact JSON, everything as text where the values are of several types. */
function columnValue(value: ParameterValue, type: StudyParameter["type"]): number | string | boolean {
  if (typeof value === "object") return JSON.stringify(value);
  return type === "string" ? String(value) : value;
}

function dialectOf({ dialect }: Sweep): { readonly dialect?: Dialect } {
  return dialect === undefined ? {} : { dialect };
}

function seriesCell({ series_points }: Sweep, scenario: Scenario): { readonly series_cell_s?: number } {
  if (series_points === undefined) return {};
  const horizon_s = resolve(scenario).sim_settings.total_simulation_time;
  return { series_cell_s: series_points === 0 ? 0 : horizon_s / series_points };
}

function looksLikeSweep(data: unknown): boolean {
  return typeof data === "object" && data !== null && "scenario" in data && !("rqs_input" in data);
}

/** A path that is relative to a file's directory. */
function beside(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

function nameOf(file: string, name: string | undefined): string {
  return name ?? basename(file, extname(file));
}

function problemOf({ file }: Input, path: string, message: string): Problem {
  return { file, line: 0, column: 0, path, message };
}
