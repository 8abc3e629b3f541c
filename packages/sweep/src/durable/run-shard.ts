import { createResults, type WriteMode } from "@loadstar/store";
import { ChunkKeeper, type PointRange } from "../chunks/chunk-keeper.js";
import { Arrivals } from "../arrivals.js";
import type { ChunkOutcome, ChunkRuns, ChunkTask } from "../chunks/chunk.js";
import { chunkSize } from "../chunks/chunk-size.js";
import { cutRange } from "../chunks/cut-range.js";
import { foldStudy, type FoldOptions } from "../fold-study.js";
import { RunPool } from "../run-pool.js";
import { secondsSince, startNow } from "../stopwatch.js";
import { studyDataOf } from "../study-data.js";
import type { StudyEvent } from "../study-event.js";
import { StudyProgress } from "../study-progress.js";
import type { Study } from "../study.js";
import { takeBatch } from "../take-batch.js";
import { assertResumable } from "./assert-resumable.js";
import { outwaitHolder } from "./outwait-holder.js";
import type { Shard } from "./shard.js";

export interface RunShardOptions {
  readonly directory: string;
  readonly mode: WriteMode;
  readonly threads: number;
  readonly shard: Shard;
  readonly signal?: AbortSignal;
}

/**
 * Runs one share of a study and leaves its chunks in a directory, without tables: `mergeChunks` and `runStudy` make those. Where the number of
 * replications is fixed, chunks are dealt to the shards in turn, otherwise points: only who has a whole point can decide on it.
 *
 * @throws ResultsError when the directory cannot be written
 */
export async function* runShard(study: Study, options: RunShardOptions): AsyncGenerator<StudyEvent> {
  const started = startNow();
  const { mode, shard, signal, threads } = options;
  await assertResumable(study, options);
  yield* outwaitHolder(options);
  const results = await createResults(options.directory, { mode, study: { ...studyDataOf(study), shard } });
  const { directory } = results;
  const keeper = new ChunkKeeper(study, results.chunks);
  const pool = new RunPool({ ...options, replication_timeout_s: study.replication_timeout_s });
  const progress = new StudyProgress(study);
  const isFixed = study.replications.min === study.replications.max;
  const dealt = isFixed ? dealtChunks(study, shard) : [];
  const points = study.points.map((_, point) => point).filter((point) => isOf(shard, point));
  const runs = isFixed
    ? dealt.reduce((sum, { range }) => sum + range.count, 0)
    : points.length * study.replications.min;
  try {
    yield { kind: "started", points: isFixed ? study.points.length : points.length, runs, threads, directory };
    const run = async (tasks: readonly ChunkTask[]): Promise<readonly ChunkOutcome[]> => await pool.runBatch(tasks);
    const stop = signal ?? new AbortController().signal;
    const chunks = isFixed
      ? obtained(dealt, { keeper, run, tasks: pool.tasks, stop })
      : folded(study, { keeper, run, tasks: pool.tasks, stop, points });
    for await (const chunk of chunks) {
      for (const damage of keeper.damaged.splice(0)) yield { kind: "chunk_damaged", ...damage };
      progress.add(chunk);
      const runs_done = progress.runsDone;
      yield { kind: "progress", runs_done, runs: Math.max(runs, runs_done), outcomes: progress.outcomes() };
    }
    // Also one that got nothing is a share of the whole, which a merge may name.
    if (signal?.aborted !== true) await results.leave();
    const wall_s = secondsSince(started);
    const { runsDone: runs_done, timedOut: timed_out } = progress;
    const ended = { directory, runs_done, runs, outcomes: progress.outcomes(), timed_out, wall_s };
    if (signal?.aborted === true) yield { kind: "interrupted", ...ended, summary: [] };
    else yield { kind: "shard_finished", ...ended, shard };
  } finally {
    await pool.close();
    await results.discard();
  }
}

function isOf({ index, count }: Shard, position: number): boolean {
  return position % count === index - 1;
}

/** The chunks of a shard: those of all points are numbered, and dealt in turn. Which are on the disk already does not matter. */
function dealtChunks(study: Study, shard: Shard): readonly PointRange[] {
  const { points, kept, replications } = study;
  const whole = { first_replication: 0, count: replications.max };
  return points
    .flatMap(({ plan }, point) =>
      cutRange(whole, chunkSize(plan, { series: kept.series.length })).map((range) => ({ point, range })),
    )
    .filter((_, position) => isOf(shard, position));
}

/** Obtains chunks, several at once, and gives them as they come. */
async function* obtained(
  dealt: readonly PointRange[],
  { keeper, run, tasks, stop }: FoldOptions,
): AsyncGenerator<ChunkRuns> {
  const arrivals = new Arrivals<readonly ChunkRuns[]>();
  const share = (it: PointRange): number => keeper.share(it);
  for (let next = 0; next < dealt.length || arrivals.expected > 0;) {
    while (arrivals.expected < tasks && next < dealt.length && !stop.aborted) {
      const batch = takeBatch(() => dealt[next++], { share, tasks, left: dealt.length - next });
      arrivals.expect(keeper.obtain(batch, async (missing) => await run(missing.map((it) => keeper.taskOf(it)))));
    }
    if (arrivals.expected === 0) return;
    const arrival = await arrivals.next();
    if ("value" in arrival) yield* arrival.value;
    else if (!stop.aborted) throw arrival.error;
  }
}

/** Obtains the chunks of whole points, as many as each needs. */
async function* folded(study: Study, options: FoldOptions): AsyncGenerator<ChunkRuns> {
  for await (const event of foldStudy(study, options)) if (event.kind === "ran") yield event.chunk;
}
