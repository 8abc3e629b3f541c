import { simultaneousBand, sortedQuantile, sortedValues } from "@loadstar/stats";
import type { SeriesColumns } from "@loadstar/store";

/**
 * Replications whose paths are kept for the percentiles across replications. More would cost memory in proportion and
 * add nothing to see: the first thousand are as good a sample as any. Means and bands use all replications.
 */
const PATHS_KEPT = 1000;

/** Mean path, simultaneous band and percentiles of one time series over replications added in order. */
export class SeriesFold {
  readonly #cells: number;
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  /** Sums of squared distances from the mean (Welford 1962). */
  readonly #squares: Float64Array;
  readonly #paths: Float64Array[] = [];

  constructor(cells: number) {
    this.#cells = cells;
    this.#counts = new Float64Array(cells);
    this.#means = new Float64Array(cells);
    this.#squares = new Float64Array(cells);
  }

  /** `path` has one value a cell; NaN where the replication has none. It is kept, not copied. Hot: thousands of values a replication. */
  add(path: Float64Array): void {
    const cells = this.#cells;
    const counts = this.#counts;
    const means = this.#means;
    const squares = this.#squares;
    for (let cell = 0; cell < cells; cell++) {
      const value = path[cell]!;
      // Only NaN differs from itself.
      if (value !== value) continue;
      const count = counts[cell]! + 1;
      const distance = value - means[cell]!;
      const mean = means[cell]! + distance / count;
      counts[cell] = count;
      means[cell] = mean;
      squares[cell]! += distance * (value - mean);
    }
    if (this.#paths.length < PATHS_KEPT) this.#paths.push(path);
  }

  /** Columns of `series.arrow` but the time; NaN for a cell without values, and for a band of fewer than two. */
  statistics(confidence: number): Omit<SeriesColumns, "t_s"> {
    const columns = {
      mean: this.#column(),
      band_low: this.#column(),
      band_high: this.#column(),
      p05: this.#column(),
      p50: this.#column(),
      p95: this.#column(),
    };
    const reaches = new Map<number, number>();
    const values = new Float64Array(this.#paths.length);
    for (let cell = 0; cell < this.#cells; cell++) {
      const n = this.#counts[cell]!;
      if (n === 0) continue;
      const reach = reachOf(reaches, { n, confidence, cells: this.#cells });
      const half = reach * Math.sqrt(this.#squares[cell]! / (n - 1));
      columns.mean[cell] = this.#means[cell]!;
      columns.band_low[cell] = this.#means[cell]! - half;
      columns.band_high[cell] = this.#means[cell]! + half;
      for (const [row, path] of this.#paths.entries()) values[row] = path[cell]!;
      const sorted = sortedValues(values);
      columns.p05[cell] = sortedQuantile(sorted, 0.05);
      columns.p50[cell] = sortedQuantile(sorted, 0.5);
      columns.p95[cell] = sortedQuantile(sorted, 0.95);
    }
    return columns;
  }

  #column(): Float64Array {
    return new Float64Array(this.#cells).fill(Number.NaN);
  }
}

/** Half-width of the band for a standard deviation of 1: most cells have the same n, and a t quantile costs more than the cell. */
function reachOf(
  reaches: Map<number, number>,
  { n, confidence, cells }: { readonly n: number; readonly confidence: number; readonly cells: number },
): number {
  const known = reaches.get(n);
  if (known !== undefined) return known;
  const reach = simultaneousBand({ n, mean: 0, variance: 1, confidence, cells }).high;
  reaches.set(n, reach);
  return reach;
}
