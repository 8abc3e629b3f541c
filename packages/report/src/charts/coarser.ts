import type { TimeColumns } from "./time-chart.js";

/**
 * The columns with at most so many cells: neighbours are averaged. Where a band holds for all cells at once, the averages of its ends hold for the
 * average of the cells. Cells without a value are left out.
 */
export function coarser(columns: TimeColumns, most: number): TimeColumns {
  const cells = columns.t_s.length;
  const each = Math.ceil(cells / most);
  if (each <= 1) return columns;
  const groups = Array.from({ length: Math.ceil(cells / each) }, (_, group) => ({
    from: group * each,
    to: Math.min(cells, (group + 1) * each),
  }));
  const averagesOf = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(groups, ({ from, to }) => averageOf(values, from, to));
  return {
    // Cells are called by their ends.
    t_s: Float64Array.from(groups, ({ to }) => columns.t_s[to - 1]!),
    mean: averagesOf(columns.mean),
    band_low: averagesOf(columns.band_low),
    band_high: averagesOf(columns.band_high),
  };
}

/** Of those that are numbers; NaN for none. */
function averageOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  let known = 0;
  for (let cell = from; cell < to; cell++) {
    if (Number.isNaN(values[cell]!)) continue;
    sum += values[cell]!;
    known++;
  }
  return sum / known;
}
