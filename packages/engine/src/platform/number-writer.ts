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
    if (this.length === this.values.length) {
      const values = new Float64Array(this.length * 2);
      values.set(this.values);
      this.values = values;
    }
    this.values[this.length++] = value;
  }
}
