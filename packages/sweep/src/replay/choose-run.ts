import { didYouMean } from "@loadstar/scenario";
import { ResultsError } from "@loadstar/store";
import { directionOf } from "../compare/direction-of.js";
import type { Study, StudyPoint } from "../study.js";
import type { RecordedRun, RecordedRuns } from "./recorded-runs.js";

/** Which run: one that is named, or the one with the worst value of a metric. */
export interface RunChoice {
  /** Id of a point; may be left out of a study of one point, and to look for the worst run of all points. */
  readonly point?: string | undefined;
  /** Number of a replication, >= 0. */
  readonly replication?: number | undefined;
  /** Metric whose worst value is looked for; by its name, more of it is better, or less. */
  readonly worst?: string | undefined;
}

/** A run of a study. */
export interface ChosenRun {
  readonly point: StudyPoint;
  readonly replication: number;
  /** What the results say of it; undefined if they have no such run. */
  readonly recorded: RecordedRun | undefined;
  /** Runs that have no value of the metric: they are not the worst, nor anything else. 0 if none was looked for. */
  readonly without_value: number;
}

/** @throws ResultsError if there is no such point or metric, or no run to choose */
export async function chooseRun(study: Study, runs: RecordedRuns, choice: RunChoice): Promise<ChosenRun> {
  const { replication, worst } = choice;
  if ((replication === undefined) === (worst === undefined)) {
    throw refuse(study, "either a replication or a metric must be named: current value is both or none");
  }
  const point = choice.point === undefined ? undefined : pointOf(study, choice.point);
  if (replication === undefined) return await worstRun(study, runs, { metric: worst!, point_id: choice.point });
  const only = point ?? onlyPoint(study);
  for await (const recorded of runs.rows(only.point_id)) {
    if (recorded.replication === replication) return { point: only, replication, recorded, without_value: 0 };
  }
  return { point: only, replication, recorded: undefined, without_value: 0 };
}

async function worstRun(
  study: Study,
  runs: RecordedRuns,
  { metric, point_id }: { readonly metric: string; readonly point_id: string | undefined },
): Promise<ChosenRun> {
  const column = runs.metrics.indexOf(metric);
  if (column < 0) {
    const hint = didYouMean(metric, runs.metrics);
    throw refuse(study, `the metric must be one of its results: current value is ${JSON.stringify(metric)}${hint}`);
  }
  const direction = directionOf(metric);
  if (direction === undefined) {
    const rule = "its name must say which way the metric is worse, as that of a latency or a throughput does";
    throw refuse(study, `${rule}: current value is ${JSON.stringify(metric)}`);
  }
  const sign = direction === "lower" ? 1 : -1;
  let found: RecordedRun | undefined;
  let without_value = 0;
  for await (const run of runs.rows(point_id)) {
    const value = run.values[column]!;
    if (Number.isNaN(value)) without_value++;
    else if (found === undefined || sign * value > sign * found.values[column]!) found = run;
  }
  if (found === undefined) {
    throw refuse(study, `a run must have a value of ${metric}: current value is ${without_value} runs without one`);
  }
  return { point: pointOf(study, found.point_id), replication: found.replication, recorded: found, without_value };
}

function pointOf(study: Study, point_id: string): StudyPoint {
  const found = study.points.find((point) => point.point_id === point_id);
  if (found !== undefined) return found;
  const hint = didYouMean(
    point_id,
    study.points.map((point) => point.point_id),
  );
  throw refuse(study, `the point must be one of its points: current value is ${JSON.stringify(point_id)}${hint}`);
}

function onlyPoint(study: Study): StudyPoint {
  const [first, second] = study.points;
  if (first !== undefined && second === undefined) return first;
  const some = study.points.slice(0, NAMED).map(({ point_id }) => point_id);
  const more = study.points.length > NAMED ? `, ... (${study.points.length})` : "";
  throw refuse(study, `a point must be named: current points are ${some.join(", ")}${more}`);
}

/** Points that are named. */
const NAMED = 5;

function refuse({ name }: Study, message: string): ResultsError {
  return new ResultsError(`Cannot replay a run of ${JSON.stringify(name)}: ${message}`);
}
