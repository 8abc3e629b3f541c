/** Reads a list of numbers one after the other. Who reads asks in the order in which the writer wrote. */
export class NumberReader {
  private readonly values: Float64Array;
  private position: i32;

  constructor(values: Float64Array) {
    this.values = values;
    this.position = 0;
  }

  number(): number {
    return this.values[this.position++];
  }

  /** A copy of the next `length` numbers. */
  numbers(length: i32): Float64Array {
    const start = this.position;
    this.position += length;
    return this.values.slice(start, start + length);
  }

  /** A view of `length` numbers elsewhere, from this position on. */
  numbersAt(position: i32, length: i32): Float64Array {
    return this.values.subarray(position, position + length);
  }

  /** Passes over the next `length` numbers. */
  skip(length: i32): void {
    this.position += length;
  }

  /** The next `length` numbers where they stand: good as long as those are. */
  view(length: i32): Float64Array {
    const start = this.position;
    this.position += length;
    return this.values.subarray(start, start + length);
  }

  int(): i32 {
    return this.number() as i32;
  }
}
