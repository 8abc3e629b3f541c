import {
  cellsOf,
  createSimulation,
  runPrepared,
  type RunOptions,
  type RunResult,
  type Simulation,
} from "@loadstar/engine/runs";
import type { ChunkResult, ChunkTask, RunLimits } from "./chunk.js";
import { chunkArrays } from "./chunk-arrays.js";
import { HistogramSum } from "../histogram-sum.js";
import { messageOf } from "../message-of.js";
import { PiecesFiller } from "../series/series-pieces.js";
import { isWallTimeReason, wallTimeReason } from "./wall-time.js";

/** The simulation prepared last, handed back to the next call: chunks of one point share it, those of others its memory. */
export interface Prepared {
  readonly plan_key: string;
  readonly simulation: Simulation;
}

/**
 * Runs the replications of a chunk. A replication that throws is a `failed` outcome with the message as its reason; the
 * others are not affected. @throws Error when it is told to stop
 */
export function runChunk(
  task: ChunkTask & RunLimits,
  prepared: Prepared | undefined,
): { readonly result: ChunkResult; readonly prepared: Prepared | undefined } {
  const started_s = now_s();
  const columns = new Columns(task);
  let simulation = prepared;
  // Of the run before: copied, and used again.
  let series: Float64Array | undefined;
  for (let row = 0; row < task.count; row++) {
    try {
      simulation = preparedFor(task, simulation);
      const replication = task.first_replication + row;
      const run = runPrepared(simulation.simulation, task.seed, replication, { ...limitsOf(task), series });
      columns.add(row, run);
      series = run.series;
    } catch (error) {
      simulation = undefined;
      columns.addFailure(messageOf(error));
    }
    // What was ended in the middle is no result.
    if (isStopped(task)) throw new Error("the run was stopped");
  }
  return { result: columns.result(now_s() - started_s), prepared: simulation };
}

function preparedFor({ plan_key, plan }: ChunkTask, last: Prepared | undefined): Prepared {
  if (last?.plan_key === plan_key) return last;
  return { plan_key, simulation: last?.simulation.reuse(plan) ?? createSimulation(plan) };
}

function isStopped({ stop }: RunLimits): boolean {
  return stop !== undefined && Atomics.load(stop, 0) !== 0;
}

/** What ends a replication that begins now: that nobody wants it any more, or that it takes too long. Nobody wants its samples. */
function limitsOf(task: RunLimits): RunOptions {
  const { replication_timeout_s = Number.POSITIVE_INFINITY } = task;
  const end_s = now_s() + replication_timeout_s;
  return {
    samples: false,
    stopReason: () => {
      if (isStopped(task)) return "stopped";
      return now_s() < end_s ? undefined : wallTimeReason(replication_timeout_s);
    },
  };
}

/** The result of a chunk in the making. */
class Columns {
  readonly #task: ChunkTask;
  readonly #outcomes: string[] = [];
  readonly #reasons: string[] = [];
  readonly #metrics: Float64Array;
  readonly #series: PiecesFiller;
  readonly #histograms: readonly HistogramSum[];
  #events = 0;

  constructor(task: ChunkTask) {
    this.#task = task;
    const { first_replication, count, keep, room } = task;
    const shape = { first_replication, count, series: keep.series.length, cells: cellsOf(task.plan) };
    const { metrics, series } = chunkArrays({ ...shape, metrics: keep.metrics.length }, room);
    this.#metrics = metrics;
    this.#series = new PiecesFiller(shape, series);
    this.#histograms = Array.from(task.keep.histograms, () => new HistogramSum());
  }

  add(row: number, run: RunResult): void {
    const { metrics, series, histograms } = this.#task.keep;
    this.#outcomes.push(run.outcome);
    this.#reasons.push(run.reason);
    this.#events += run.events;
    if (run.outcome !== "completed") return;
    // Without `entries()`, which leaves an array as garbage for each number.
    const first = row * metrics.length;
    for (let column = 0; column < metrics.length; column++) {
      this.#metrics[first + column] = run.metrics[metrics[column]!]!;
    }
    this.#series.add(row, run.series, series);
    for (let column = 0; column < histograms.length; column++) {
      this.#histograms[column]!.add(run.histograms[histograms[column]!]!);
    }
  }

  addFailure(reason: string): void {
    this.#outcomes.push("failed");
    this.#reasons.push(reason);
  }

  result(elapsed_s: number): ChunkResult {
    return {
      first_replication: this.#task.first_replication,
      outcomes: this.#outcomes,
      reasons: this.#reasons,
      metrics: this.#metrics,
      series: this.#series.pieces(),
      histograms: this.#histograms.map((sum) => sum.buckets()),
      events: this.#events,
      elapsed_s,
      is_lost: this.#reasons.some(isWallTimeReason),
    };
  }
}

function now_s(): number {
  return performance.now() / 1000;
}
