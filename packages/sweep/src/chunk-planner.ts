/** Consecutive replications of one point that make one task. */
export interface ChunkSpan {
  readonly point: number;
  readonly first_replication: number;
  readonly count: number;
}

/** Computing time aimed at for one task [s]: a thousand times the cost of handing it over. */
const TASK_S = 0.1;

/** Series values that one task may bring back. */
const TASK_SERIES_VALUES = 1_000_000;

/**
 * Cuts points x replications into tasks, in order. Sizes follow the measured cost, and no result depends on them:
 * everything is folded replication by replication.
 */
export class ChunkPlanner {
  readonly #points: number;
  readonly #replications: number;
  readonly #largest: number;
  #point = 0;
  #next = 0;
  #replication_s = TASK_S;

  constructor(options: { readonly points: number; readonly replications: number; readonly series_values: number }) {
    this.#points = options.points;
    this.#replications = options.replications;
    this.#largest = Math.max(1, Math.floor(TASK_SERIES_VALUES / Math.max(1, options.series_values)));
  }

  /** The next task; undefined after the last. */
  next(): ChunkSpan | undefined {
    if (this.#point >= this.#points) return undefined;
    const wanted = Math.max(1, Math.floor(TASK_S / this.#replication_s));
    const count = Math.min(wanted, this.#largest, this.#replications - this.#next);
    const span = { point: this.#point, first_replication: this.#next, count };
    this.#next += count;
    if (this.#next >= this.#replications) {
      this.#next = 0;
      this.#point++;
    }
    return span;
  }

  /** Tells what a task cost. Recent tasks count most: points differ. */
  learn(count: number, elapsed_s: number): void {
    const measured = Math.max(1e-6, elapsed_s / count);
    this.#replication_s = 0.5 * this.#replication_s + 0.5 * measured;
  }
}
