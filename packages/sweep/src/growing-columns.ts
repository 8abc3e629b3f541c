/** Rows appended one at a time, kept column by column. */
export class GrowingColumns {
  readonly #columns: Float64Array[];
  #rows = 0;

  constructor(count: number) {
    this.#columns = Array.from({ length: count }, () => new Float64Array(32));
  }

  append(row: Float64Array): void {
    for (const [index, column] of this.#columns.entries()) {
      if (this.#rows === column.length) {
        const grown = new Float64Array(column.length * 2);
        grown.set(column);
        this.#columns[index] = grown;
      }
      this.#columns[index]![this.#rows] = row[index]!;
    }
    this.#rows++;
  }

  /** Views of the columns, as long as there are rows. */
  columns(): readonly Float64Array[] {
    return this.#columns.map((column) => column.subarray(0, this.#rows));
  }
}
