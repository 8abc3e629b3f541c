import { metricsOf, type Metric, type Plan } from "@loadstar/engine";
import {
  ADAPTIVE_DEFAULTS,
  compile,
  didYouMean,
  InputError,
  parameterValueAt,
  pointId,
  SWEEP_DEFAULTS,
  type Parameter,
  type Sweep,
} from "@loadstar/scenario";
import { isPowerOfTwo } from "@loadstar/stats";
import { compilePoints, dialectOf } from "../compile-points.js";
import { openStudy } from "../open-study.js";
import type { StudyOverrides } from "../override-sweep.js";
import { drawnRuns, SOBOL_RANDOMIZATIONS, type DrawnRun } from "./drawn-runs.js";
import type { Sensitivity, SensitivityMethod } from "./sensitivity.js";

export interface SensitivityOptions {
  readonly method: SensitivityMethod;
  /** Names of metrics, at least one. */
  readonly metrics: readonly string[];
  /** Rows of a Sobol design (512), trajectories of Morris (16), replications of a tornado (as the sweep has it). */
  readonly samples?: number;
}

/** Most runs of one analysis. */
const MAX_RUNS = 1_000_000;

/**
 * Reads a sweep file for the values and ranges of its parameters, checks it whole, draws a design over them and compiles
 * every point of it. The design that the sweep names is not used. Points may have components of their own; they all must measure the metrics.
 * @throws InputError with all problems at once
 */
export async function loadSensitivity(
  file: string,
  { method, metrics, samples: wanted }: SensitivityOptions,
  overrides: StudyOverrides = {},
): Promise<Sensitivity> {
  const { input, sweep, base } = await openStudy(file, overrides);
  const known = knownMetrics(compile(base, { ...dialectOf(sweep), ...input.recorded.read(base) }), {
    names: metrics,
    file,
  });
  const refuse = (path: string, message: string): never => {
    throw new InputError([{ file, line: 0, column: 0, path, message }]);
  };
  const parameters = Object.entries(sweep.parameters ?? {});
  const rule = parameterRule(parameters);
  if (rule !== undefined) refuse("parameters", rule);
  const { seed = SWEEP_DEFAULTS.seed } = sweep;
  const samples = wanted ?? { sobol: 512, morris: 16, tornado: fewestReplications(sweep) }[method];
  const size = sizeRule(method, { samples, parameters: parameters.length });
  if (size !== undefined) refuse("", size);

  const { runs: drawn, design } = drawnRuns(parameters, { method, samples, seed });
  const { points: places, runs, order } = differentRuns(drawn);
  const { points, notes } = compilePoints(
    input,
    sweep,
    places.map((values) => ({ point_id: pointId(values), parameters: values })),
  );
  for (const { name } of known) {
    const without = points.find(({ plan }) => metricsOf(plan).every((metric) => metric.name !== name));
    if (without !== undefined)
      refuse("metric", `${name} must be measured at every point: ${without.point_id} has none`);
  }
  return {
    name: input.sweep.name,
    seed,
    confidence: sweep.confidence ?? SWEEP_DEFAULTS.confidence,
    replication_timeout_s: sweep.replication_timeout_s,
    metrics: known,
    factors: parameters.map(([name, parameter]) => ({
      name,
      low: parameterValueAt(parameter, 0),
      high: parameterValueAt(parameter, 1),
    })),
    points,
    runs,
    design: { ...design, order },
    notes,
  };
}

type NamedParameter = readonly [name: string, parameter: Parameter];

function parameterRule(parameters: readonly NamedParameter[]): string | undefined {
  if (parameters.length === 0) return "sensitivity must have a parameter that varies: there is none";
  const fixed = parameters.flatMap(([name, { values, range }]) => ((values ?? range) === undefined ? [name] : []));
  return fixed.length === 0
    ? undefined
    : `sensitivity needs values or a range of every parameter: none for ${fixed.join(", ")}`;
}

/** Most parameters of a Sobol design: it takes two dimensions of Sobol points for each. */
const MAX_SOBOL_PARAMETERS = 32;

function sizeRule(
  method: SensitivityMethod,
  { samples, parameters }: { readonly samples: number; readonly parameters: number },
): string | undefined {
  const least = 2 * SOBOL_RANDOMIZATIONS;
  if (method === "sobol" && !(isPowerOfTwo(samples) && samples >= least)) {
    return `samples must be a power of two >= ${least} for sobol: current value is ${samples}`;
  }
  if (method === "sobol" && parameters > MAX_SOBOL_PARAMETERS) {
    return `parameters must be at most ${MAX_SOBOL_PARAMETERS} for sobol: current number is ${parameters}`;
  }
  if (!(Number.isInteger(samples) && samples >= 2))
    return `samples must be an integer >= 2: current value is ${samples}`;
  const runs = samples * { sobol: parameters + 3, morris: parameters + 2, tornado: 2 * parameters + 1 }[method];
  return runs <= MAX_RUNS ? undefined : `runs must be at most ${MAX_RUNS}: current number is ${runs}`;
}

/** The different points and runs among those drawn, in the order in which they first come, and where each is found. */
function differentRuns(drawn: readonly DrawnRun[]): {
  readonly points: readonly DrawnRun["values"][];
  readonly runs: Sensitivity["runs"];
  readonly order: Int32Array;
} {
  const pointOf = new Map<string, number>();
  const runOf = new Map<string, number>();
  const points: DrawnRun["values"][] = [];
  const runs: Sensitivity["runs"][number][] = [];
  const order = Int32Array.from(drawn, ({ values, replication }) => {
    const key = JSON.stringify(values);
    const point = pointOf.get(key) ?? points.push(values) - 1;
    pointOf.set(key, point);
    const place = `${point} ${replication}`;
    const run = runOf.get(place) ?? runs.push({ point, replication }) - 1;
    runOf.set(place, run);
    return run;
  });
  return { points, runs, order };
}

/** Before any look at what they give. */
function fewestReplications({ replications = SWEEP_DEFAULTS.replications }: Sweep): number {
  return typeof replications === "number" ? replications : (replications.min ?? ADAPTIVE_DEFAULTS.min);
}

function knownMetrics(
  plan: Plan,
  { names, file }: { readonly names: readonly string[]; readonly file: string },
): readonly Metric[] {
  const known = metricsOf(plan);
  const all = known.map(({ name }) => name);
  const wanted = [...new Set(names)].map((name) => ({ name, metric: known[all.indexOf(name)] }));
  const none = "sensitivity must have a metric: there is none";
  const messages =
    wanted.length === 0
      ? [none]
      : wanted.flatMap(({ name, metric }) =>
          metric === undefined ? [`no metric has the name ${name}${didYouMean(name, all)}`] : [],
        );
  if (messages.length > 0) {
    throw new InputError(messages.map((message) => ({ file, line: 0, column: 0, path: "metric", message })));
  }
  return wanted.map(({ metric }) => metric!);
}
