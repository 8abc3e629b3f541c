import type { HistogramBuckets } from "@loadstar/engine";

/** A growing sum of histograms. Counts are whole numbers, so the order of adding does not matter. */
export class HistogramSum {
  /** Of bucket `#first` and those after it: the first bucket of a latency is far from bucket 0. */
  #counts = new Float64Array(0);
  #first = 0;

  add({ indices, counts }: HistogramBuckets): void {
    if (indices.length === 0) return;
    this.#makeRoom(indices[0]!, indices.at(-1)!);
    const first = this.#first;
    for (let k = 0; k < indices.length; k++) this.#counts[indices[k]! - first]! += counts[k]!;
  }

  buckets(): HistogramBuckets {
    const positions: number[] = [];
    for (let k = 0; k < this.#counts.length; k++) if (this.#counts[k]! > 0) positions.push(k);
    return {
      indices: Int32Array.from(positions, (position) => this.#first + position),
      counts: Float64Array.from(positions, (position) => this.#counts[position]!),
    };
  }

  /** Room for these buckets, both included, and some to spare on a side where more was needed. */
  #makeRoom(lowest: number, highest: number): void {
    const isEmpty = this.#counts.length === 0;
    const end = this.#first + this.#counts.length;
    if (!isEmpty && lowest >= this.#first && highest < end) return;
    const low = isEmpty ? lowest : Math.min(lowest, this.#first);
    const high = isEmpty ? highest : Math.max(highest, end - 1);
    const spare = (high - low) >> 1;
    const first = isEmpty || low < this.#first ? Math.max(0, low - spare) : this.#first;
    const grown = new Float64Array((isEmpty || high >= end ? high + 1 + spare : end) - first);
    grown.set(this.#counts, isEmpty ? 0 : this.#first - first);
    this.#first = first;
    this.#counts = grown;
  }
}
