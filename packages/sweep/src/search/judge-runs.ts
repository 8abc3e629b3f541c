import { anytimeVerdict, nextLook, type ObjectiveVerdict, type Verdict } from "@loadstar/stats";
import type { StudyObjective } from "../study.js";
import type { PointRuns } from "./point-runs.js";

export interface JudgeOptions {
  readonly objectives: readonly StudyObjective[];
  /** Part of the error that each objective allows, range (0, 1]. */
  readonly error_share: number;
  readonly max_replications: number;
}

/** The verdicts on one point. */
export interface Judgement {
  /** `pass` if every objective passes, `fail` if one fails. */
  readonly verdict: Verdict;
  /** One for each objective; each from the look at which it was decided. */
  readonly objectives: readonly ObjectiveVerdict[];
}

/**
 * Adds replications until every objective passes, one fails, one can no longer pass, or there are as many as there may
 * be. Tells how many there are after each look. Verdicts hold however many looks it takes (`anytimeVerdict`).
 */
export async function* judgeRuns(runs: PointRuns, options: JudgeOptions): AsyncGenerator<number, Judgement> {
  const { objectives, max_replications: max } = options;
  let found: readonly ObjectiveVerdict[] = [];
  for (;;) {
    await runs.growTo(nextLook(runs.replications, { max }));
    yield runs.replications;
    found = objectives.map((objective, index) => {
      const before = found[index];
      return before?.verdict === "pass" ? before : judge(runs, objective, options);
    });
    const verdict = together(found.map((one) => one.verdict));
    const isHopeless = (): boolean => objectives.some((objective) => !mayPass(runs, objective, options));
    if (verdict !== "inconclusive" || runs.replications >= max || isHopeless()) return { verdict, objectives: found };
  }
}

function judge(runs: PointRuns, objective: StudyObjective, options: JudgeOptions): ObjectiveVerdict {
  return verdictOn(runs.completedColumn(objective.metric.name), objective, { ...options, n_failed: runs.n_failed });
}

/** Whether the objective would pass if all replications that are left were as good as can be. */
function mayPass(runs: PointRuns, objective: StudyObjective, options: JudgeOptions): boolean {
  const completed = runs.completedColumn(objective.metric.name);
  // A mean with a replication that has no value is proven by nothing.
  if (objective.estimand === "mean") return runs.n_failed === 0 && !completed.some((value) => Number.isNaN(value));
  const left = options.max_replications - runs.replications;
  const best = new Float64Array(completed.length + left).fill(objective.side === "below" ? -Infinity : Infinity);
  best.set(completed);
  return verdictOn(best, objective, { ...options, n_failed: runs.n_failed }).verdict === "pass";
}

function verdictOn(
  values: Float64Array,
  { side, limit, estimand, level, confidence }: StudyObjective,
  { error_share, n_failed }: { readonly error_share: number; readonly n_failed: number },
): ObjectiveVerdict {
  return anytimeVerdict(values, {
    side,
    limit,
    estimand,
    ...(level === undefined ? {} : { level }),
    confidence: 1 - error_share * (1 - confidence),
    n_failed,
  });
}

function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("fail")) return "fail";
  return verdicts.every((verdict) => verdict === "pass") ? "pass" : "inconclusive";
}
