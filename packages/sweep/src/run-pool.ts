import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { Piscina } from "piscina";
import { cellsOf } from "@loadstar/engine";
import type { Batch } from "./chunks/batch.js";
import type { ChunkOutcome, ChunkResult, ChunkTask } from "./chunks/chunk.js";
import { chunkArrays } from "./chunks/chunk-arrays.js";
import { collectSooner } from "./collect-sooner.js";
import { messageOf } from "./message-of.js";
import type { FoldRules } from "./point-fold.js";

/** Room for young objects in each thread [MB]: V8 takes 48 without need, and is not faster with it. */
const YOUNG_MB = 6;

/** Batches handed out for each thread: one runs while the next one waits. Twice as many take 30 MB more, and are not faster. */
const TASKS_PER_THREAD = 2;

/** Compiled, also when this file runs uncompiled in a test. */
const WORKER = new URL("../bundle/worker.js", import.meta.url);

/** Memory that waits for chunks to come, for each batch handed out: short chunks are several to a batch. */
const SPARE_PER_TASK = 8;

export interface RunPoolOptions {
  /** >= 1. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  /** Wall time after which a replication is ended [s]; none by default. */
  readonly replication_timeout_s?: number | undefined;
  /** Compiled module whose default export runs a batch of chunks, as `worker` does; that by default. For builds of the engine that are to be compared. */
  readonly worker?: URL | undefined;
}

/** How long the end of a pool waits for threads that are loading, and for replications that are under way [ms]. */
const LOADING_MS = 10_000;
const RUNNING_MS = 2000;

/** How often these are looked at [ms]. */
const LOOK_MS = 5;

/**
 * Worker threads that run chunks. They start with the first chunk.
 *
 * Node 20 aborts the whole process when a thread is ended while it loads a module, or while another thread of V8 compiles its code:
 * once in a hundred times at the end of short runs. So none is ended while it loads, an interrupted one stops by itself after its
 * replication, and each compiles its code itself.
 */
export class RunPool {
  /** Batches that should be under way at once. */
  readonly tasks: number;
  readonly #threads: number;
  readonly #signal: AbortSignal;
  readonly #failure = new AbortController();
  /** 1 as soon as what is under way is of no use. */
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  readonly #loaded = new Set<number>();
  readonly #rooms = new SpareRooms();
  #pool: Piscina | undefined;
  #running = 0;
  readonly #replication_timeout_s: number | undefined;
  readonly #worker: URL;

  constructor({ threads, signal, replication_timeout_s, worker = WORKER }: RunPoolOptions) {
    this.#replication_timeout_s = replication_timeout_s;
    this.#worker = worker;
    this.tasks = threads * TASKS_PER_THREAD;
    this.#threads = threads;
    this.#signal = AbortSignal.any([this.#failure.signal, ...(signal === undefined ? [] : [signal])]);
    // Every task under way listens; Node takes more than ten for a leak and says so.
    setMaxListeners(0, this.#signal);
  }

  /**
   * Runs a chunk on the next free thread. One whose thread dies comes back as failed replications.
   * @throws the signal's reason when it is aborted; the error of a worker that cannot be loaded
   */
  async run(task: ChunkTask): Promise<ChunkResult> {
    const [chunk] = await this.runBatch([task]);
    return chunk as ChunkResult;
  }

  /**
   * Runs chunks one after the other on the next free thread, and gives them in this order. When a thread dies of one of them, each is run
   * again by itself, and the one comes back as failed replications. `rules` are for those that come back folded. @throws as `run`
   */
  async runBatch(tasks: readonly ChunkTask[], rules?: FoldRules): Promise<readonly ChunkOutcome[]> {
    this.#signal.throwIfAborted();
    this.#pool ??= this.#start();
    try {
      const limits = { stop: this.#stop, replication_timeout_s: this.#replication_timeout_s };
      const roomy = tasks.map((task) => ({ ...task, room: this.#rooms.take() }));
      const isFolded = tasks.some(({ fold_as }) => fold_as !== undefined);
      const batch: Batch = { tasks: roomy, rules: isFolded ? rules : undefined, ...limits };
      const transferList = roomy.flatMap(({ room }) => (room === undefined ? [] : [room]));
      return await this.#orAborted(this.#counted(this.#pool.run(batch, { transferList })));
    } catch (error) {
      this.#signal.throwIfAborted();
      const [first] = tasks;
      if (tasks.length === 1) return [failedChunk(first!, `worker thread: ${messageOf(error)}`)];
      const alone = tasks.map(async (task) => await this.runBatch([task], rules));
      return (await Promise.all(alone)).flat();
    }
  }

  /**
   * Takes back the memory of chunks of which nobody reads a number any more, for chunks that are still to run; each is named by one of its
   * arrays. Memory that is given up and taken anew for each chunk makes V8 collect garbage after every few of them, and waits for that.
   */
  recycle(arrays: readonly Float64Array[]): void {
    for (const { buffer } of arrays) this.#rooms.put(buffer, SPARE_PER_TASK * this.tasks);
  }

  /** Ends the threads, if need be whatever they do. */
  async close(): Promise<void> {
    const pool = this.#pool;
    if (pool === undefined) return;
    Atomics.store(this.#stop, 0, 1);
    await until(() => pool.threads.every(({ threadId }) => this.#loaded.has(threadId)), LOADING_MS);
    await until(() => this.#running === 0, RUNNING_MS);
    await pool.destroy();
  }

  #start(): Piscina {
    // Holds for threads that start from now on. Where all cores run threads it costs nothing.
    setFlagsFromString("--no-concurrent-recompilation");
    collectSooner();
    const pool = new Piscina({
      filename: this.#worker.href,
      minThreads: this.#threads,
      maxThreads: this.#threads,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      recordTiming: false,
    });
    pool.on("error", (error) => this.#failure.abort(error));
    pool.on("message", (threadId: number) => this.#loaded.add(threadId));
    return pool;
  }

  async #counted(work: Promise<unknown>): Promise<readonly ChunkOutcome[]> {
    this.#running++;
    try {
      const chunks = (await work) as readonly ChunkOutcome[];
      for (const { metrics } of chunks) this.#rooms.own(metrics.buffer);
      return chunks;
    } finally {
      this.#running--;
    }
  }

  /** What comes of work, unless it is aborted before. */
  async #orAborted<Value>(work: Promise<Value>): Promise<Value> {
    const signal = this.#signal;
    return await new Promise<Value>((resolve, reject) => {
      const abort = (): void => {
        Atomics.store(this.#stop, 0, 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", abort, { once: true });
      void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    });
  }
}

/** Memory that came from threads and may go to them again. */
class SpareRooms {
  readonly #own = new WeakSet<ArrayBufferLike>();
  readonly #spare: ArrayBuffer[] = [];

  /** Says that memory came from a thread, so that nothing else can stand in it. */
  own(room: ArrayBufferLike): void {
    this.#own.add(room);
  }

  put(room: ArrayBufferLike, most: number): void {
    if (!this.#own.delete(room) || this.#spare.length >= most) return;
    this.#spare.push(room as ArrayBuffer);
  }

  take(): ArrayBuffer | undefined {
    return this.#spare.pop();
  }
}

/** Waits until something is so, but not longer than so long. */
async function until(isSo: () => boolean, most_ms: number): Promise<void> {
  for (let waited_ms = 0; !isSo() && waited_ms < most_ms; waited_ms += LOOK_MS) await wait(LOOK_MS);
}

function failedChunk({ plan, first_replication, count, keep }: ChunkTask, reason: string): ChunkResult {
  return {
    first_replication,
    outcomes: Array.from({ length: count }, () => "failed"),
    reasons: Array.from({ length: count }, () => reason),
    ...chunkArrays({
      first_replication,
      count,
      metrics: keep.metrics.length,
      series: keep.series.length,
      cells: cellsOf(plan),
    }),
    histograms: Array.from(keep.histograms, () => ({ indices: new Int32Array(0), counts: new Float64Array(0) })),
    events: 0,
    elapsed_s: 0,
    is_lost: true,
  };
}
