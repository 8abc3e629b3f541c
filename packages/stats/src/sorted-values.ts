import { definedValues } from "./defined-values.js";
import type { Sample } from "./sample.js";

/** Returns an ascending copy of `sample` without its NaN values: what `sortedQuantile` reads. Cost n log n. */
export function sortedValues(sample: Sample): Float64Array {
  return definedValues(sample).sort();
}
