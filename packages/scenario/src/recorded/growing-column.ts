const PIECE_LENGTH = 65_536;

/** Numbers that are added one by one, without a copy of those before. */
export class GrowingColumn {
  length = 0;
  readonly #pieces: Float64Array[] = [];

  push(value: number): void {
    const place = this.length % PIECE_LENGTH;
    if (place === 0) this.#pieces.push(new Float64Array(PIECE_LENGTH));
    this.#pieces.at(-1)![place] = value;
    this.length++;
  }

  /** All numbers, in memory that threads share, so that a plan that goes to a worker does not copy it. Nothing may be added afterwards. */
  floats(): Float64Array {
    return this.#moveTo(new Float64Array(new SharedArrayBuffer(8 * this.length)));
  }

  /** As `floats`, of whole numbers. */
  integers(): Int32Array {
    return this.#moveTo(new Int32Array(new SharedArrayBuffer(4 * this.length)));
  }

  #moveTo<Column extends Float64Array | Int32Array>(column: Column): Column {
    for (let start = 0; start < this.length; start += PIECE_LENGTH) {
      column.set(this.#pieces.shift()!.subarray(0, this.length - start), start);
    }
    return column;
  }
}
