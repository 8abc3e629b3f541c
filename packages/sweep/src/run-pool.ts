import { setMaxListeners } from "node:events";
import { Piscina } from "piscina";
import { cellsOf } from "@loadstar/engine";
import type { ChunkResult, ChunkTask } from "./chunks/chunk.js";
import { messageOf } from "./message-of.js";
import { emptyPieces } from "./series/series-pieces.js";

/** Tasks handed out for each thread: enough that none waits for the main thread. */
const TASKS_PER_THREAD = 4;

export interface RunPoolOptions {
  /** >= 1. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  /** Wall time after which a replication is ended [s]; none by default. */
  readonly replication_timeout_s?: number | undefined;
}

/** Worker threads that run chunks. */
export class RunPool {
  /** Tasks that should be under way at once. */
  readonly tasks: number;
  readonly #pool: Piscina;
  readonly #signal: AbortSignal;
  readonly #replication_timeout_s: number | undefined;

  constructor({ threads, signal, replication_timeout_s }: RunPoolOptions) {
    this.#replication_timeout_s = replication_timeout_s;
    const failure = new AbortController();
    this.tasks = threads * TASKS_PER_THREAD;
    this.#signal = AbortSignal.any([failure.signal, ...(signal === undefined ? [] : [signal])]);
    // Every task under way listens; Node takes more than ten for a leak and says so.
    setMaxListeners(0, this.#signal);
    this.#pool = new Piscina({
      // The compiled worker, also when this file runs uncompiled in a test.
      filename: new URL("../dist/worker.js", import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      execArgv: [],
      recordTiming: false,
    });
    this.#pool.once("error", (error) => failure.abort(error));
  }

  /**
   * Runs a chunk on the next free thread. One whose thread dies comes back as failed replications.
   * @throws the signal's reason when it is aborted; the error of a worker that cannot be loaded
   */
  async run(task: ChunkTask): Promise<ChunkResult> {
    try {
      const limited = { ...task, replication_timeout_s: this.#replication_timeout_s };
      return (await this.#pool.run(limited, { signal: this.#signal })) as ChunkResult;
    } catch (error) {
      this.#signal.throwIfAborted();
      return failedChunk(task, `worker thread: ${messageOf(error)}`);
    }
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function failedChunk({ plan, first_replication, count, keep }: ChunkTask, reason: string): ChunkResult {
  return {
    first_replication,
    outcomes: Array.from({ length: count }, () => "failed"),
    reasons: Array.from({ length: count }, () => reason),
    metrics: new Float64Array(count * keep.metrics.length).fill(Number.NaN),
    series: emptyPieces({ first_replication, count, series: keep.series.length, cells: cellsOf(plan) }),
    histograms: Array.from(keep.histograms, () => ({ indices: new Int32Array(0), counts: new Float64Array(0) })),
    events: 0,
    elapsed_s: 0,
    is_lost: true,
  };
}
