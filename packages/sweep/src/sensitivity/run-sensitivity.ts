import type { ChunkResult } from "../chunks/chunk.js";
import { keptPositions } from "../kept-positions.js";
import { RunPool } from "../run-pool.js";
import { analyse } from "./analyse.js";
import type { Sensitivity, SensitivityRun } from "./sensitivity.js";
import { secondsSince, startNow } from "../stopwatch.js";
import type { SensitivityEvent } from "./sensitivity-event.js";

export interface RunSensitivityOptions {
  /** Worker threads, >= 1. */
  readonly threads: number;
  /** Stops the analysis. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a sensitivity analysis, telling its progress as events; the last one has what it found, which does not depend on
 * the number of threads. Nothing is written.
 *
 * @throws the reason of `signal` when it is aborted
 */
export async function* runSensitivity(
  study: Sensitivity,
  { threads, signal }: RunSensitivityOptions,
): AsyncGenerator<SensitivityEvent> {
  const started = startNow();
  const runs = study.runs.length;
  yield { kind: "started", runs, points: study.points.length, threads };
  const columns = study.metrics.map(() => new Float64Array(runs).fill(Number.NaN));
  const counts = { completed: 0, truncated: 0, failed: 0 };
  let first_failure: string | undefined;
  let events = 0;
  let done = 0;
  for await (const result of resultsInOrder(study, { threads, signal })) {
    const outcome = result.outcomes[0] as keyof typeof counts;
    counts[outcome]++;
    if (outcome === "failed") first_failure ??= result.reasons[0];
    if (outcome === "completed") for (const [k, column] of columns.entries()) column[done] = result.metrics[k]!;
    events += result.events;
    done++;
    yield { kind: "progress", runs_done: done, runs, outcomes: { ...counts } };
  }
  yield {
    kind: "finished",
    analyses: study.metrics.map((metric, k) => analyse(study, metric, columns[k]!)),
    outcomes: { ...counts },
    first_failure,
    events,
    wall_s: secondsSince(started),
  };
}

/** Runs on a pool of threads, with the results in the order of the runs. */
async function* resultsInOrder(
  study: Sensitivity,
  { threads, signal }: { readonly threads: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<ChunkResult> {
  const pool = new RunPool({ threads, signal, replication_timeout_s: study.replication_timeout_s });
  const start = async ({ point, replication }: SensitivityRun): Promise<ChunkResult> => {
    const { plan } = study.points[point]!;
    const { seed } = study;
    // Points may have components of their own, and with them other positions.
    const keep = keptPositions({ metrics: study.metrics, series: [], histograms: [] }, plan);
    return await pool.run({ plan_key: String(point), plan, seed, first_replication: replication, count: 1, keep });
  };
  const running: Promise<ChunkResult>[] = [];
  let next = 0;
  try {
    while (next < study.runs.length || running.length > 0) {
      while (running.length < pool.tasks && next < study.runs.length) {
        const run = start(study.runs[next++]!);
        run.catch(() => undefined);
        running.push(run);
      }
      yield await running.shift()!;
    }
  } finally {
    await pool.close();
  }
}
