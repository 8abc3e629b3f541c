/** Long lists of numbers, such as the times of a trace. They stand before an encoded plan, which refers to them by position and length. */
export class ColumnSet {
  readonly #columns: ArrayLike<number>[] = [];
  #length = 0;

  /** Adds a list and gives its position and length. */
  add(column: ArrayLike<number>): readonly [position: number, length: number] {
    const position = this.#length;
    this.#columns.push(column);
    this.#length += column.length;
    // The length of all stands before them.
    return [position + 1, column.length];
  }

  /** All of them, behind their length, and before these numbers. Without negative zeros: the kernel orders times by their bits. */
  before(numbers: readonly number[]): Float64Array {
    const all = new Float64Array(1 + this.#length + numbers.length);
    all[0] = this.#length;
    let position = 1;
    for (const column of [...this.#columns, numbers]) {
      all.set(column, position);
      position += column.length;
    }
    for (let k = 0; k < all.length; k++) all[k] = all[k]! + 0;
    return all;
  }
}
