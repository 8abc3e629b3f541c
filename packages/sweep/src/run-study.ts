import { createResults, type ResultsWriter } from "@loadstar/store";
import type { ChunkTask } from "./chunk.js";
import { cutRange } from "./cut-range.js";
import { manifestOf } from "./manifest-of.js";
import { nextLook } from "@loadstar/stats";
import { lookAtPoint, type PointLook } from "./look-at-point.js";
import { PointFold } from "./point-fold.js";
import { chunkSize } from "./chunk-size.js";
import type { PointRules } from "./point-run.js";
import { RunPool } from "./run-pool.js";
import { runPoints } from "./run-points.js";
import type { ReplicationRange } from "./series/series-layout.js";
import type { Study, StudyParameter } from "./study.js";
import type { StudyEvent } from "./study-event.js";
import { StudyProgress } from "./study-progress.js";
import type { ObjectiveRow, SummaryRow } from "@loadstar/store";

export interface RunStudyOptions {
  /** Results directory; see `createResults` for what it may be. */
  readonly directory: string;
  /** Replace earlier results. */
  readonly overwrite: boolean;
  /** Worker threads, >= 1. */
  readonly threads: number;
  /** Stops the study: nothing is kept. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a study and writes its results directory, telling its progress as events. The tables do not depend on the
 * number of threads. The directory appears when everything is in it; if the study ends early, for whatever reason, nothing
 * is left behind.
 *
 * @throws ResultsError when the directory cannot be written; the reason of `signal` when it is aborted
 */
export async function* runStudy(study: Study, options: RunStudyOptions): AsyncGenerator<StudyEvent> {
  const started = { wall_ms: Date.now(), cpu: process.cpuUsage() };
  const results = await createResults(options.directory, { overwrite: options.overwrite });
  const progress = new StudyProgress(study);
  try {
    yield {
      kind: "started",
      points: study.points.length,
      runs: progress.runsPlanned(),
      threads: options.threads,
      directory: results.directory,
    };
    yield* fold(study, options, results, progress);
    await results.finish(await manifestOf(study, { ...options, started, outcomes: progress.outcomes() }));
    yield {
      kind: "finished",
      directory: results.directory,
      outcomes: progress.outcomes(),
      verdicts: progress.verdicts(),
      shortfalls: progress.shortfalls(),
      first_failure: progress.firstFailure,
      events: progress.events,
      wall_s: (Date.now() - started.wall_ms) / 1000,
    };
  } finally {
    await results.discard();
  }
}

async function* fold(
  study: Study,
  options: RunStudyOptions,
  results: ResultsWriter,
  progress: StudyProgress,
): AsyncGenerator<StudyEvent> {
  const { kept, points, seed } = study;
  await results.writePoints({ parameters: study.parameters.map(columnOf), rows: points });
  const runs = await results.openRuns(kept.metrics);
  const series = await results.openSeries(kept.series);
  const histograms = await results.openHistograms(kept.histograms);
  const summary: SummaryRow[] = [];
  const objectives: ObjectiveRow[] = [];
  const folds = new Map<number, PointFold>();
  const looks: PointLook[] = [];
  const { min, max } = study.replications;
  const isFixed = min === max;
  const pool = new RunPool(options);
  const runner = {
    points: points.length,
    tasks: pool.tasks,
    open: (point: number): PointRules => {
      const fold = new PointFold(study, points[point]!);
      folds.set(point, fold);
      const size = chunkSize(points[point]!.plan, { series: kept.series.length });
      return {
        cut: (range) => cutRange(range, size),
        fold: (chunk) => fold.add(chunk),
        wanted: (replications) => {
          if (replications === 0 || isFixed) return min;
          const look = lookAtPoint(study.replications, study.objectives, fold.outcome());
          looks.push(look);
          return look.unmet.length === 0 ? replications : nextLook(replications, { min, max });
        },
      };
    },
    run: async (point: number, range: ReplicationRange) => await pool.run(taskOf(study, point, range)),
    stop: new AbortController().signal,
  };
  try {
    for await (const event of runPoints(runner)) {
      const { point_id } = points[event.point]!;
      if (event.kind === "ran") {
        progress.add(event.chunk);
        for (const look of looks.splice(0)) {
          progress.look(look);
          yield { kind: "point_looked", ...look };
        }
        const counts = { runs_done: progress.runsDone, runs: progress.runsPlanned() };
        yield { kind: "progress", ...counts, outcomes: progress.outcomes() };
      } else if (event.kind === "folded") await runs.append({ point_id, seed: BigInt(seed), ...event.rows });
      else {
        const fold = folds.get(event.point)!;
        const tables = fold.tables();
        const { replications } = fold.outcome();
        folds.delete(event.point);
        for (const rows of tables.series) await series.append(rows);
        for (const rows of tables.histograms) await histograms.append(rows);
        summary.push(...tables.summary);
        objectives.push(...tables.objectives);
        yield {
          kind: "point_completed",
          point_id,
          replications,
          summary: tables.summary,
          objectives: tables.objectives,
        };
      }
    }
  } finally {
    await pool.close();
  }
  await runs.close();
  await series.close();
  await histograms.close();
  await results.writeSummary(summary);
  if (objectives.length > 0) await results.writeObjectives(objectives);
  progress.judge(objectives);
}

function taskOf(study: Study, point: number, range: ReplicationRange): ChunkTask {
  const { point_id, plan } = study.points[point]!;
  return { plan_key: point_id, plan, seed: study.seed, ...range, keep: study.kept.positions };
}

function columnOf({ name, type, paths }: StudyParameter): {
  readonly name: string;
  readonly type: StudyParameter["type"];
  readonly description: string;
} {
  return { name, type, description: `Value of ${paths.join(" and ")}` };
}
