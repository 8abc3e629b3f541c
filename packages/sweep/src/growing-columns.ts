/** Rows appended one at a time, kept column by column. */
export class GrowingColumns {
  readonly #columns: Float64Array[];
  #rows = 0;

  /** `expected` rows are room from the beginning. */
  constructor(count: number, expected = 32) {
    this.#columns = Array.from({ length: count }, () => new Float64Array(expected));
  }

  /** Appends the row that begins at position `at`. Hot: for every replication of a sweep. */
  append(values: Float64Array, at = 0): void {
    const row = this.#rows++;
    for (let index = 0; index < this.#columns.length; index++) {
      if (row === this.#columns[index]!.length) this.#grow(index);
      this.#columns[index]![row] = values[at + index]!;
    }
  }

  /** Views of the columns, as long as there are rows. */
  columns(): readonly Float64Array[] {
    return this.#columns.map((column) => column.subarray(0, this.#rows));
  }

  #grow(index: number): void {
    const column = this.#columns[index]!;
    const grown = new Float64Array(Math.max(1, 2 * column.length));
    grown.set(column);
    this.#columns[index] = grown;
  }
}
