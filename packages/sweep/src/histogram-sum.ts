import type { HistogramBuckets } from "@loadstar/engine";

/** A growing sum of histograms. Counts are whole numbers, so the order of adding does not matter. */
export class HistogramSum {
  #counts = new Float64Array(0);

  add({ indices, counts }: HistogramBuckets): void {
    const largest = indices.at(-1) ?? -1;
    if (largest >= this.#counts.length) {
      const grown = new Float64Array(largest + 1 + (largest >> 1));
      grown.set(this.#counts);
      this.#counts = grown;
    }
    for (let k = 0; k < indices.length; k++) this.#counts[indices[k]!]! += counts[k]!;
  }

  buckets(): HistogramBuckets {
    const indices: number[] = [];
    for (let index = 0; index < this.#counts.length; index++) if (this.#counts[index]! > 0) indices.push(index);
    return {
      indices: Int32Array.from(indices),
      counts: Float64Array.from(indices, (index) => this.#counts[index]!),
    };
  }
}
