import { quantileAt, quantilePosition, type SamplePosition } from "@loadstar/stats";

/** Values up to which sorting by insertion is faster. */
const FEW_VALUES = 64;

/** Percentiles across replications, in the order of their columns. */
const PERCENTILES = [0.05, 0.5, 0.95] as const;

/** The paths of one series in the first replications, which are kept one by one: they stand where they were, and are not copied. */
export class KeptPaths {
  readonly #cells: number;
  /** Where they stand: in which array, and from which position on. */
  readonly #paths: Float64Array[] = [];
  readonly #starts: number[] = [];

  constructor(cells: number) {
    this.#cells = cells;
  }

  add(path: Float64Array, at: number): void {
    this.#paths.push(path);
    this.#starts.push(at);
  }

  /** The first ones, no more than `most`. */
  first(most: number): readonly Float64Array[] {
    return this.#paths.slice(0, most).map((path, k) => {
      return path.subarray(this.#starts[k]!, this.#starts[k]! + this.#cells);
    });
  }

  /**
   * Writes the percentiles of each cell that has values into columns, one a percentile. `sameValue` is what all values of a cell are, NaN where
   * they differ or nobody knows: such a cell is not sorted.
   */
  percentiles(columns: readonly Float64Array[], sameValue: (cell: number) => number): void {
    const sorted = new SortedCell(this.#paths.length);
    for (let cell = 0; cell < this.#cells; cell++) {
      const same = sameValue(cell);
      if (same === same) {
        for (const column of columns) column[cell] = same;
        continue;
      }
      const values = this.#sortedAt(cell, sorted);
      if (values.length === 0) continue;
      // Written out: a call or a list for each number costs more than the number.
      columns[0]![cell] = quantileAt(values, sorted.positions[0]!);
      columns[1]![cell] = quantileAt(values, sorted.positions[1]!);
      columns[2]![cell] = quantileAt(values, sorted.positions[2]!);
    }
  }

  /**
   * The values of a cell, ascending; good until the next call. Hot: once for every cell of every series of every point. In short runs most values are
   * 0, and the few others are put in their place one by one: that is several times as fast as the sort of typed arrays.
   */
  #sortedAt(cell: number, sorted: SortedCell): Float64Array {
    const { room } = sorted;
    const paths = this.#paths;
    const starts = this.#starts;
    let zeros = 0;
    let others = 0;
    for (let k = 0; k < paths.length; k++) {
      const value = paths[k]![starts[k]! + cell]!;
      if (value === 0) zeros++;
      // Only NaN differs from itself.
      else if (value === value) room[others++] = value;
    }
    if (others > FEW_VALUES) room.subarray(0, others).sort();
    else sortByInsertion(room, others);
    let negative = 0;
    while (negative < others && room[negative]! < 0) negative++;
    if (zeros > 0) {
      room.copyWithin(negative + zeros, negative, others);
      room.fill(0, negative, negative + zeros);
    }
    return sorted.take(zeros + others);
  }
}

/** Room for the values of one cell, and where their percentiles lie. Most cells have as many values: what follows from their number is kept. */
class SortedCell {
  readonly room: Float64Array;
  positions: readonly SamplePosition[] = [];
  #view: Float64Array = new Float64Array(0);

  constructor(length: number) {
    this.room = new Float64Array(length);
  }

  take(count: number): Float64Array {
    if (this.#view.length === count) return this.#view;
    this.#view = this.room.subarray(0, count);
    this.positions = PERCENTILES.map((probability) => quantilePosition(count, probability));
    return this.#view;
  }
}

function sortByInsertion(values: Float64Array, count: number): void {
  for (let k = 1; k < count; k++) {
    const value = values[k]!;
    let at = k;
    for (; at > 0 && values[at - 1]! > value; at--) values[at] = values[at - 1]!;
    values[at] = value;
  }
}
