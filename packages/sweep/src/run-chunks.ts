import { Piscina } from "piscina";
import { cellsOf } from "@loadstar/engine";
import type { ChunkResult, ChunkTask } from "./chunk.js";
import { ChunkPlanner, type ChunkSpan } from "./chunk-planner.js";
import { messageOf } from "./message-of.js";
import type { Study } from "./study.js";

/** Tasks handed out for each thread: enough that none waits for the main thread. */
const TASKS_PER_THREAD = 4;

export interface FinishedChunk {
  readonly span: ChunkSpan;
  readonly result: ChunkResult;
}

/**
 * Runs all replications of a study on a pool of worker threads and gives the chunks in order, point by point and
 * replication by replication, whatever the order in which threads finish. A chunk whose thread dies comes back as failed
 * replications. @throws the signal's reason when it is aborted; the error of a worker that cannot be loaded
 */
export async function* runChunks(
  study: Study,
  options: { readonly threads: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<FinishedChunk> {
  const { threads } = options;
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const pool = new Piscina({
    // The compiled worker, also when this file runs uncompiled in a test.
    filename: new URL("../dist/worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    execArgv: [],
    recordTiming: false,
  });
  pool.once("error", (error) => failure.abort(error));
  const planner = new ChunkPlanner({
    points: study.points.length,
    replications: study.replications,
    series_values: study.kept.series.length * cellsOf(study.points[0]!.plan),
  });
  const start = async (span: ChunkSpan): Promise<FinishedChunk> => {
    const result = await attempt(pool, taskOf(study, span), signal);
    planner.learn(span.count, result.elapsed_s);
    return { span, result };
  };
  const running: Promise<FinishedChunk>[] = [];
  try {
    for (;;) {
      while (running.length < threads * TASKS_PER_THREAD) {
        const span = planner.next();
        if (span === undefined) break;
        const chunk = start(span);
        chunk.catch(() => undefined);
        running.push(chunk);
      }
      const first = running.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    await pool.destroy();
  }
}

function taskOf(study: Study, { point, first_replication, count }: ChunkSpan): ChunkTask {
  const { point_id, plan } = study.points[point]!;
  return { plan_key: point_id, plan, seed: study.seed, first_replication, count, keep: study.kept.positions };
}

async function attempt(pool: Piscina, task: ChunkTask, signal: AbortSignal): Promise<ChunkResult> {
  try {
    return (await pool.run(task, { signal })) as ChunkResult;
  } catch (error) {
    signal.throwIfAborted();
    return failedChunk(task, `worker thread: ${messageOf(error)}`);
  }
}

function failedChunk({ plan, count, keep }: ChunkTask, reason: string): ChunkResult {
  return {
    outcomes: Array.from({ length: count }, () => "failed"),
    reasons: Array.from({ length: count }, () => reason),
    metrics: new Float64Array(count * keep.metrics.length).fill(Number.NaN),
    series: new Float64Array(count * keep.series.length * cellsOf(plan)).fill(Number.NaN),
    histograms: Array.from(keep.histograms, () => ({ indices: new Int32Array(0), counts: new Float64Array(0) })),
    events: 0,
    elapsed_s: 0,
  };
}
