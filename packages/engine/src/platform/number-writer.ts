/** Writes numbers one after the other into memory that grows with them. */
export class NumberWriter {
  values: Float64Array;
  length: i32;

  constructor() {
    this.values = new Float64Array(1024);
    this.length = 0;
  }

  reset(): void {
    this.length = 0;
  }

  number(value: number): void {
    if (this.length === this.values.length) this.grow(this.length + 1);
    this.values[this.length++] = value;
  }

  /** The first `count` numbers of an array. */
  numbers(from: Float64Array, count: i32): void {
    const at = this.length;
    if (at + count > this.values.length) this.grow(at + count);
    const values = this.values;
    for (let k = 0; k < count; k++) values[at + k] = from[k];
    this.length = at + count;
  }

  private grow(least: i32): void {
    let length = this.values.length;
    while (length < least) length *= 2;
    const values = new Float64Array(length);
    values.set(this.values);
    this.values = values;
  }
}
