import { createResults, ResultsError, type ResultsWriter, type SummaryRow, type WriteMode } from "@loadstar/store";
import { ChunkKeeper } from "./chunks/chunk-keeper.js";
import type { ChunkOutcome, ChunkTask } from "./chunks/chunk.js";
import { assertResumable } from "./durable/assert-resumable.js";
import { outwaitHolder } from "./durable/outwait-holder.js";
import { foldStudy } from "./fold-study.js";
import { manifestOf } from "./manifest-of.js";
import { foldRulesOf, PointFold } from "./point-fold.js";
import { RunPool } from "./run-pool.js";
import { PATHS_KEPT, type ReplicationRange } from "./series/series-layout.js";
import { secondsSince, startNow } from "./stopwatch.js";
import { studyDataOf } from "./study-data.js";
import type { StudyEvent } from "./study-event.js";
import { StudyProgress } from "./study-progress.js";
import { StudyTables } from "./study-tables.js";
import type { Study } from "./study.js";

export interface RunStudyOptions {
  /** Results directory; see `createResults` for what it may be. */
  readonly directory: string;
  readonly mode: WriteMode;
  /** Whether the tables are written as Parquet too; not by default. */
  readonly parquet?: boolean;
  /** Worker threads, >= 1. */
  readonly threads: number;
  /** Interrupts the study: what is under way is dropped, what is on the disk stays. */
  readonly signal?: AbortSignal;
  /** Starts nothing more after so long, finishes what was started, and writes the results that there are [s]. */
  readonly deadline_s?: number;
  /** Whether chunks that are not on the disk are run, or make the study fail and those that are there go; default `run`. */
  readonly missing?: "run" | "refuse";
  /** What runs the chunks, see `RunPoolOptions`. */
  readonly worker?: URL;
}

/**
 * Runs a study and writes its results directory, telling its progress as events. Each chunk is on the disk before it
 * counts; `mode` `resume` goes on with those that are there. The tables do not depend on the number of threads, nor on
 * interruptions. They appear when all of them are complete.
 *
 * @throws ResultsError when the directory cannot be written, or holds another sweep that would be resumed
 */
export async function* runStudy(study: Study, options: RunStudyOptions): AsyncGenerator<StudyEvent> {
  const started = { ...startNow(), cpu: process.cpuUsage() };
  const { mode, parquet = false } = options;
  await assertResumable(study, options);
  yield* outwaitHolder(options);
  const results = await createResults(options.directory, { mode, study: studyDataOf(study), parquet });
  const progress = new StudyProgress(study);
  const { directory } = results;
  const { threads, signal } = options;
  const deadline = deadlineOf(options);
  try {
    yield { kind: "started", points: study.points.length, runs: progress.runsPlanned(), threads, directory };
    const partial: (readonly SummaryRow[])[] = [];
    const stop = AbortSignal.any([deadline.signal, ...(signal === undefined ? [] : [signal])]);
    yield* fold(study, { ...options, stop }, { results, progress, partial });
    const wall_s = secondsSince(started);
    const counts = { runs_done: progress.runsDone, runs: progress.runsPlanned(), outcomes: progress.outcomes() };
    if (signal?.aborted === true) {
      yield { kind: "interrupted", directory, ...counts, summary: partial.flat(), wall_s };
      return;
    }
    const isCut = deadline.signal.aborted && counts.runs_done < counts.runs;
    const achieved = isCut ? { ended_by: "deadline", runs_planned: counts.runs } : {};
    await results.finish({
      ...(await manifestOf(study, { threads, started, outcomes: progress.outcomes() })),
      ...achieved,
    });
    yield {
      kind: "finished",
      directory,
      outcomes: progress.outcomes(),
      verdicts: progress.verdicts(),
      shortfalls: progress.shortfalls(),
      timed_out: progress.timedOut,
      first_failure: progress.firstFailure,
      replications_read: progress.replicationsRead,
      ...(isCut ? { runs_planned: counts.runs } : {}),
      events: progress.events,
      wall_s,
    };
  } finally {
    deadline.clear();
    // Without anything that was run, what is there are copies, which another merge makes again.
    await (options.missing === "refuse" ? results.abandon() : results.discard());
  }
}

/** Folds all points, or until it is stopped, and writes the tables unless it was interrupted. */
async function* fold(
  study: Study,
  options: RunStudyOptions & { readonly stop: AbortSignal },
  into: {
    readonly results: ResultsWriter;
    readonly progress: StudyProgress;
    readonly partial: (readonly SummaryRow[])[];
  },
): AsyncGenerator<StudyEvent> {
  const { results, progress, partial } = into;
  const { signal, stop } = options;
  const keeper = new ChunkKeeper(study, results.chunks);
  const tables = await StudyTables.open(study, results);
  const folded = new Set<number>();
  const pool =
    options.missing === "refuse"
      ? undefined
      : new RunPool({ ...options, replication_timeout_s: study.replication_timeout_s });
  if (pool === undefined) assertPresent(study, keeper);
  const rules = foldRulesOf(study);
  try {
    const run = async (tasks: readonly ChunkTask[]): Promise<readonly ChunkOutcome[]> => {
      if (pool === undefined) throw missingError(tasks.map((task) => missingText(task.plan_key, task)));
      return await pool.runBatch(tasks, rules);
    };
    for await (const event of foldStudy(study, { keeper, run, tasks: pool?.tasks ?? READS, stop })) {
      for (const damage of keeper.damaged.splice(0)) yield { kind: "chunk_damaged", ...damage };
      if (event.kind === "ran") {
        progress.add(event.chunk);
        progress.replicationsRead = keeper.replicationsRead;
        const counts = { runs_done: progress.runsDone, runs: progress.runsPlanned() };
        yield { kind: "progress", ...counts, outcomes: progress.outcomes() };
      } else if (event.kind === "looked") {
        progress.look(event.look);
        yield { kind: "point_looked", ...event.look };
      } else if (event.kind === "rows") {
        const { rows } = event;
        await tables.appendRuns(event.point, rows);
        // Of the others the paths are still to be read.
        if (rows.first_replication >= PATHS_KEPT) pool?.recycle([rows.metrics]);
      } else {
        folded.add(event.point);
        const { folded: it } = event;
        const rows = it.tables();
        if (signal?.aborted === true) {
          partial.push(rows.summary);
          continue;
        }
        await tables.appendPoint(rows);
        pool?.recycle(it.spent);
        progress.judge(rows.objectives);
        const { point_id, replications } = it;
        yield { kind: "point_completed", point_id, replications, summary: rows.summary, objectives: rows.objectives };
      }
    }
  } finally {
    await pool?.close();
  }
  if (signal?.aborted === true) {
    partial.unshift(tables.summary());
    return;
  }
  for (const [point, it] of study.points.entries()) {
    // The deadline came before its first replication.
    if (folded.has(point)) continue;
    const rows = new PointFold(study, it).tables();
    await tables.appendPoint(rows);
    progress.judge(rows.objectives);
  }
  await tables.close();
}

/** Chunks that are read at once where nothing is run. */
const READS = 8;

/** @throws ResultsError that names the replications which are not on the disk, as far as it can be told in advance */
function assertPresent(study: Study, keeper: ChunkKeeper): void {
  const whole = { first_replication: 0, count: study.replications.min };
  const missing = study.points.flatMap((_, point) =>
    keeper
      .cut(point, whole)
      .filter((range) => !keeper.isPresent(point, range))
      .map((range) => missingText(study.points[point]!.point_id, range)),
  );
  if (missing.length > 0) throw missingError(missing);
}

function missingText(point_id: string, { first_replication, count }: ReplicationRange): string {
  const last = first_replication + count - 1;
  return `${point_id} replications ${first_replication} to ${last}`;
}

/** Missing ranges that are named. */
const NAMED = 5;

function missingError(missing: readonly string[]): ResultsError {
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : "";
  const named = missing.slice(0, NAMED).join("; ");
  return new ResultsError(`Cannot complete results: every replication must be there: missing are ${named}${more}`);
}

function deadlineOf({ deadline_s }: RunStudyOptions): { readonly signal: AbortSignal; readonly clear: () => void } {
  const deadline = new AbortController();
  const timer = deadline_s === undefined ? undefined : setTimeout(() => deadline.abort(), 1000 * deadline_s);
  return { signal: deadline.signal, clear: () => clearTimeout(timer) };
}
