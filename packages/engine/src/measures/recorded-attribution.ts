import type { NumberReader } from "../platform/number-reader.js";
import { CATEGORIES } from "../record/attribution.js";

/** Requests of similar latency, and what their time went to. */
interface Bucket {
  readonly count: number;
  /** By category [s]. */
  readonly sums_s: Float64Array;
}

/** Where the time of completed requests went, by latency: what `Attribution` saved. */
export class RecordedAttribution {
  /** In the order of latency. */
  declare private readonly buckets: readonly Bucket[];
  declare private readonly count: number;
  /** By category, the time of the requests completed in each cell [s]. */
  declare readonly cells_s: readonly Float64Array[];

  /** `cells` of the series are closed, of a plan that has details of them. */
  constructor(saved: NumberReader, cells: number) {
    this.cells_s = Array.from({ length: CATEGORIES }, () => saved.numbers(cells));
    const buckets: Bucket[] = [];
    while (saved.int() >= 0) buckets.push({ count: saved.number(), sums_s: saved.numbers(CATEGORIES) });
    this.buckets = buckets;
    this.count = buckets.reduce((sum, { count }) => sum + count, 0);
  }

  /** Share of a category in the time of all requests; NaN without time. */
  mean(category: number): number {
    return this.between(category, 0, 1);
  }

  /**
   * Share of a category in the time of the requests around the p-quantile of latency: those ranked within 5 % of all, or half of those that
   * are slower where these are fewer, to either side. Of a bucket that is partly within, each request counts for that part.
   */
  around(category: number, p: number): number {
    const width = Math.min(0.05, (1 - p) / 2);
    return this.between(category, p - width, p + width);
  }

  private between(category: number, low: number, high: number): number {
    let before = 0;
    let part_s = 0;
    let all_s = 0;
    for (const { count, sums_s } of this.buckets) {
      const within = Math.min(before + count, high * this.count) - Math.max(before, low * this.count);
      before += count;
      if (within <= 0) continue;
      part_s += (within / count) * sums_s[category]!;
      all_s += (within / count) * sums_s.reduce((sum, part) => sum + part, 0);
    }
    return part_s / all_s;
  }
}
