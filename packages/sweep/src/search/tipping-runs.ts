import { metricsOf, seriesOf, type Plan } from "@loadstar/engine";
import type { ChunkResult } from "../chunks/chunk.js";
import type { RunPool } from "../run-pool.js";
import { GROUP } from "../series/series-layout.js";
import { recoveryTime_s } from "./recovery-time.js";

export interface TippingRunsOptions {
  /** Unique among the plans that the pool runs. */
  readonly plan_key: string;
  /** Its statistics begin when the system must have recovered; it has time series. */
  readonly plan: Plan;
  readonly seed: number;
  readonly first_replication: number;
  /** When the last trigger ends [s]. */
  readonly trigger_end_s: number;
  /** The share of requests that a healthy system answers in time, range (0, 1]. */
  readonly healthy: number;
}

/** Replications of one load, with or without its trigger, that can become more. */
export class TippingRuns {
  /** Of the replications that completed, in order: the share of late requests that were answered in time. */
  readonly good_ratios: number[] = [];
  /** Of the same: after which time goodput was half of what is healthy, for good [s]; Infinity for never. */
  readonly recovery_s: number[] = [];
  replications = 0;
  first_reason: string | undefined;
  readonly #pool: RunPool;
  readonly #options: TippingRunsOptions;
  readonly #metrics: Int32Array;
  readonly #series: Int32Array;

  constructor(pool: RunPool, options: TippingRunsOptions) {
    const metrics = metricsOf(options.plan).map(({ name }) => name);
    const series = seriesOf(options.plan).map(({ name }) => name);
    this.#pool = pool;
    this.#options = options;
    this.#metrics = Int32Array.of(metrics.indexOf("requests_generated"), metrics.indexOf("requests_completed"));
    this.#series = Int32Array.of(series.indexOf("throughput_per_s"));
  }

  /** Replications that did not complete, or had no requests to answer. */
  get n_failed(): number {
    return this.replications - this.good_ratios.length;
  }

  /** Those that were not healthy at the end. */
  get n_collapsed(): number {
    return this.good_ratios.filter((ratio) => ratio < this.#options.healthy).length;
  }

  /** Runs replications until there are `n`. @throws as `RunPool.run` */
  async growTo(n: number): Promise<void> {
    const from = this.replications;
    // A chunk that holds no whole group has the path of each replication.
    const size = Math.min(GROUP - 1, Math.max(1, Math.ceil((n - from) / this.#pool.tasks)));
    const chunks: Promise<ChunkResult>[] = [];
    for (let first = from; first < n; first += size) chunks.push(this.#run(first, Math.min(size, n - first)));
    for (const chunk of await Promise.all(chunks)) this.#add(chunk);
  }

  async #run(first: number, count: number): Promise<ChunkResult> {
    const { plan_key, plan, seed, first_replication } = this.#options;
    const keep = { metrics: this.#metrics, series: this.#series, histograms: new Int32Array(0) };
    return await this.#pool.run({ plan_key, plan, seed, first_replication: first_replication + first, count, keep });
  }

  #add({ outcomes, reasons, metrics, series }: ChunkResult): void {
    const { plan, healthy, trigger_end_s } = this.#options;
    const cells = series.paths.length / outcomes.length;
    for (const [row, outcome] of outcomes.entries()) {
      this.replications++;
      if (outcome !== "completed") this.first_reason ??= reasons[row];
      const [generated, completed] = metrics.subarray(2 * row, 2 * row + 2);
      if (outcome !== "completed" || generated === 0) continue;
      const good_ratio = completed! / generated!;
      const needed_per_s = ((healthy / 2) * generated!) / (plan.horizon_s - plan.warm_up_s);
      const path = series.paths.subarray(row * cells, (row + 1) * cells);
      const recovery_s = recoveryTime_s(path, { cell_s: plan.series_cell_s, from_s: trigger_end_s, needed_per_s });
      this.good_ratios.push(good_ratio);
      this.recovery_s.push(recovery_s);
    }
  }
}
