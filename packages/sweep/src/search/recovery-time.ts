/** Cells over which throughput is averaged: single ones hold few requests. */
const WINDOW = 10;

/**
 * The time after which throughput stays above a rate [s], counted from `from_s`: the middle of the first window of ten cells after
 * the last one in which it did not. 0 where there is none; Infinity where it is the last window of the run.
 */
export function recoveryTime_s(
  throughput_per_s: Float64Array,
  { cell_s, from_s, needed_per_s }: { readonly cell_s: number; readonly from_s: number; readonly needed_per_s: number },
): number {
  const last = throughput_per_s.length - WINDOW;
  for (let first = last; first * cell_s >= from_s; first--) {
    let sum = 0;
    for (let cell = first; cell < first + WINDOW; cell++) sum += throughput_per_s[cell]!;
    if (sum / WINDOW >= needed_per_s) continue;
    return first === last ? Infinity : (first + 1 + WINDOW / 2) * cell_s - from_s;
  }
  return 0;
}
