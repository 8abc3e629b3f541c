import { metricsOf, type Plan } from "@loadstar/engine";
import type { ChunkResult } from "../chunks/chunk.js";
import { GrowingColumns } from "../growing-columns.js";
import type { RunPool } from "../run-pool.js";

export interface PointRunsOptions {
  /** Unique among the plans that the pool runs. */
  readonly plan_key: string;
  readonly plan: Plan;
  readonly seed: number;
  /** Where the replications are numbered from: those of two sets that do not overlap are independent. */
  readonly first_replication: number;
  /** Names of the metrics that are kept. */
  readonly metrics: readonly string[];
}

/** Replications of one point that can become more, in the order of their numbers whatever the number of threads. */
export class PointRuns {
  readonly #pool: RunPool;
  readonly #options: PointRunsOptions;
  readonly #positions: Int32Array;
  readonly #columns: GrowingColumns;
  readonly #completed: boolean[] = [];
  #firstReason: string | undefined;

  constructor(pool: RunPool, options: PointRunsOptions) {
    const names = metricsOf(options.plan).map(({ name }) => name);
    this.#pool = pool;
    this.#options = options;
    this.#positions = Int32Array.from(options.metrics, (metric) => names.indexOf(metric));
    this.#columns = new GrowingColumns(options.metrics.length);
  }

  get replications(): number {
    return this.#completed.length;
  }

  get n_failed(): number {
    return this.#completed.filter((completed) => !completed).length;
  }

  /** Why the first replication did not complete that did not. */
  get first_reason(): string | undefined {
    return this.#firstReason;
  }

  /** Runs replications until there are `n`. @throws as `RunPool.run` */
  async growTo(n: number): Promise<void> {
    const from = this.replications;
    const size = Math.max(1, Math.ceil((n - from) / this.#pool.tasks));
    const chunks: Promise<ChunkResult>[] = [];
    for (let first = from; first < n; first += size) chunks.push(this.#run(first, Math.min(size, n - first)));
    for (const chunk of await Promise.all(chunks)) this.#add(chunk);
  }

  /** One value a replication, NaN for one that did not complete. A view: it does not grow. */
  column(metric: string): Float64Array {
    return this.#columns.columns()[this.#options.metrics.indexOf(metric)]!;
  }

  /** The values of the replications that completed. */
  completedColumn(metric: string): Float64Array {
    return this.column(metric).filter((_, row) => this.#completed[row]);
  }

  async #run(first: number, count: number): Promise<ChunkResult> {
    const { plan_key, plan, seed, first_replication } = this.#options;
    const none = new Int32Array(0);
    const keep = { metrics: this.#positions, series: none, histograms: none };
    return await this.#pool.run({ plan_key, plan, seed, first_replication: first_replication + first, count, keep });
  }

  #add({ outcomes, reasons, metrics }: ChunkResult): void {
    const width = this.#positions.length;
    for (const [row, outcome] of outcomes.entries()) {
      const completed = outcome === "completed";
      this.#completed.push(completed);
      if (!completed) this.#firstReason ??= reasons[row];
      this.#columns.append(metrics, row * width);
    }
  }
}
