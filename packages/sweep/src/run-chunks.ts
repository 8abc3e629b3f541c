import { cellsOf } from "@loadstar/engine";
import type { ChunkResult, ChunkTask } from "./chunk.js";
import { ChunkPlanner, type ChunkSpan } from "./chunk-planner.js";
import { RunPool } from "./run-pool.js";
import type { Study } from "./study.js";

export interface FinishedChunk {
  readonly span: ChunkSpan;
  readonly result: ChunkResult;
}

/**
 * Runs all replications of a study on a pool of worker threads and gives the chunks in order, point by point and
 * replication by replication, whatever the order in which threads finish.
 * @throws the signal's reason when it is aborted; the error of a worker that cannot be loaded
 */
export async function* runChunks(
  study: Study,
  options: { readonly threads: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<FinishedChunk> {
  const pool = new RunPool(options);
  const planner = new ChunkPlanner({
    points: study.points.length,
    replications: study.replications,
    series_values: study.kept.series.length * cellsOf(study.points[0]!.plan),
  });
  const start = async (span: ChunkSpan): Promise<FinishedChunk> => {
    const result = await pool.run(taskOf(study, span));
    planner.learn(span.count, result.elapsed_s);
    return { span, result };
  };
  const running: Promise<FinishedChunk>[] = [];
  try {
    for (;;) {
      while (running.length < pool.tasks) {
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
    await pool.close();
  }
}

function taskOf(study: Study, { point, first_replication, count }: ChunkSpan): ChunkTask {
  const { point_id, plan } = study.points[point]!;
  return { plan_key: point_id, plan, seed: study.seed, first_replication, count, keep: study.kept.positions };
}
