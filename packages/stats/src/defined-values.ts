import type { Sample } from "./sample.js";

/** Returns a copy of `sample` without its NaN values, in the same order. Infinite values stay. */
export function definedValues(sample: Sample): Float64Array {
  const values = new Float64Array(sample.length);
  let n = 0;
  for (let i = 0; i < sample.length; i++) {
    if (!Number.isNaN(sample[i])) values[n++] = sample[i];
  }
  return n === values.length ? values : values.slice(0, n);
}
