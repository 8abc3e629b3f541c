import { isDeepStrictEqual } from "node:util";
import {
  expandDesign,
  InputError,
  pointId,
  resolve,
  SWEEP_DEFAULTS,
  type DataPath,
  type DesignPoint,
  type Problem,
  type Sweep,
} from "@loadstar/scenario";
import { collectSooner } from "./collect-sooner.js";
import { compilePoints, dialectOf, parametersOf } from "./compile-points.js";
import { openStudy, overriddenStudy, type OpenStudy } from "./open-study.js";
import type { StudyOverrides } from "./override-sweep.js";
import { measuredByAll } from "./measured.js";
import { NOWHERE, type StudyInput } from "./read-study-input.js";
import { selectMetrics } from "./select-metrics.js";
import { studyObjectives } from "./study-objectives.js";
import { replicationPlan, type TargetFinding } from "./replication-plan.js";
import type { KeptMetrics, Study, StudyPoint, StudyTarget } from "./study.js";

/**
 * Reads a sweep file, or a scenario file as a sweep of one point, or the study of a results directory; checks it whole
 * and compiles every point.
 * @throws InputError with all problems at once
 */
export async function loadStudy(file: string, overrides: StudyOverrides = {}): Promise<Study> {
  collectSooner();
  return compileStudy(await openStudy(file, overrides));
}

/** The study of files that were read, with all that overrides them. @throws InputError with all problems at once */
export function studyOf(input: StudyInput, overrides: StudyOverrides = {}): Study {
  return compileStudy(overriddenStudy(input, overrides));
}

function compileStudy({ input, sweep, base, data, overrides }: OpenStudy): Study {
  const design = expandDesign(sweep);
  const baseline = baselineOf(input, sweep, design);
  const { points, notes } = compilePoints(input, sweep, design);
  const confidence = sweep.confidence ?? SWEEP_DEFAULTS.confidence;
  const { replications, findings } = replicationPlan(sweep, points[0]!.plan);
  assertReplications(input, replications.min);
  const judged = studyObjectives(sweep.objectives ?? base.objectives ?? [], { plan: points[0]!.plan, confidence });
  return {
    name: input.sweep.name,
    seed: sweep.seed ?? SWEEP_DEFAULTS.seed,
    replications,
    replication_timeout_s: sweep.replication_timeout_s,
    confidence,
    parameters: parametersOf(sweep),
    points,
    kept: keptMetrics(input, sweep, points, { judged, targets: replications.targets, findings }),
    objectives: judged.objectives,
    baseline,
    notes,
    source: {
      file: input.file,
      scenarioFile: input.scenarioFile,
      sweep,
      overrides,
      data,
      recorded: input.recorded.digests(),
      scenario: resolve(base, dialectOf(sweep)),
    },
  };
}

/** Most replications of a point before the first look: chunks are planned in memory, and ten million take days of the shortest runs. */
const MOST_REPLICATIONS = 10_000_000;

/** @throws InputError for more than can be planned */
function assertReplications(input: StudyInput, replications: number): void {
  if (replications <= MOST_REPLICATIONS) return;
  const message = `must be <= ${MOST_REPLICATIONS}: current value is ${replications}`;
  throw new InputError([problemOf(input, "replications", message)]);
}

/** The point of the baseline. @throws InputError when there is none */
function baselineOf(input: StudyInput, { baseline }: Sweep, design: readonly DesignPoint[]): string | undefined {
  if (baseline === undefined) return undefined;
  const found = design.find(({ parameters }) => isDeepStrictEqual({ ...parameters }, { ...baseline }));
  if (found !== undefined) return found.point_id;
  const message = `must be a point of the sweep: current value is ${pointId(baseline)}, the first point is ${design[0]!.point_id}`;
  throw new InputError([{ file: input.file, ...input.locate(["baseline"], "value"), path: "baseline", message }]);
}

function keptMetrics(
  input: StudyInput,
  sweep: Sweep,
  points: readonly StudyPoint[],
  demands: {
    readonly judged: ReturnType<typeof studyObjectives>;
    readonly targets: readonly StudyTarget[];
    readonly findings: readonly TargetFinding[];
  },
): KeptMetrics {
  const { objectives, findings } = demands.judged;
  const needed = [...objectives, ...demands.targets].map(({ metric }) => metric.name);
  const measured = measuredByAll(points.map(({ plan }) => plan));
  const { kept, unmatched } = selectMetrics(measured, sweep.metrics, needed);
  const common = new Set(measured.metrics.map(({ name }) => name));
  const absent = needed.filter((name) => !common.has(name));
  const problems = [
    ...absent.map((name) =>
      problemOf(input, "parameters", `every point must have the metric ${name}, which is judged`),
    ),
    ...unmatched.map((pattern) => ({
      ...patternPlace(input, sweep, pattern),
      path: "metrics",
      message: `no metric matches ${JSON.stringify(pattern)}`,
    })),
    ...demands.findings.map(({ path, message }) => ({
      file: input.file,
      ...input.locate(path, "value"),
      path: `replications.target${typeof path[2] === "number" ? `[${path[2]}]` : ""}.metric`,
      message,
    })),
    ...findings.map(({ path, message }) => ({
      ...objectivePlace(input, sweep, path),
      path: `objectives[${String(path[1])}].metric`,
      message,
    })),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return kept;
}

type Place = Pick<Problem, "file" | "line" | "column">;

/** Where an objective stands that is judged: in the sweep, else in its scenario, unless the command line says it. */
function objectivePlace(input: StudyInput, { objectives }: Sweep, path: DataPath): Place {
  if (objectives === undefined) return { file: input.scenarioFile, ...input.locateScenario(path, "value") };
  if (objectives !== input.sweep.objectives) return { file: input.file, ...NOWHERE };
  return { file: input.file, ...input.locate(path, "value") };
}

/** Where a pattern of metrics stands: in the sweep, unless the command line says it. */
function patternPlace(input: StudyInput, { metrics = [] }: Sweep, pattern: string): Place {
  if (metrics !== input.sweep.metrics) return { file: input.file, ...NOWHERE };
  return { file: input.file, ...input.locate(["metrics", metrics.indexOf(pattern)], "value") };
}

function problemOf({ file }: StudyInput, path: string, message: string): Problem {
  return { file, line: 0, column: 0, path, message };
}
