import { newNumbers, type Numbers } from "../../platform/platform.js";

/** Position of a quantile between order statistics, type 7 of Hyndman and Fan (1996). */
const P95: number = 0.95;

/** The values of a window of fixed length in ascending order. A value moves as many others as lie between the new and the old one. */
export class SortedWindow {
  private readonly values: Numbers;
  private count: i32 = 0;

  constructor(length: i32) {
    this.values = newNumbers(length);
  }

  reset(): void {
    this.count = 0;
  }

  add(value: number): void {
    let place = this.count++;
    for (; place > 0 && this.values[place - 1] > value; place--) this.values[place] = this.values[place - 1];
    this.values[place] = value;
  }

  /** Takes out a value that is in it and puts another one in. */
  replace(old: number, value: number): void {
    let place = this.placeOf(old);
    for (; place > 0 && this.values[place - 1] > value; place--) this.values[place] = this.values[place - 1];
    for (; place < this.count - 1 && this.values[place + 1] < value; place++) {
      this.values[place] = this.values[place + 1];
    }
    this.values[place] = value;
  }

  /** The 95th percentile; there is a value at least. */
  p95(): number {
    const position = P95 * ((this.count - 1) as number);
    const below = Math.floor(position) as i32;
    const low = this.values[below];
    if (below + 1 >= this.count) return low;
    return low + (position - (below as number)) * (this.values[below + 1] - low);
  }

  /** The first place of a value that is there. */
  private placeOf(value: number): i32 {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.values[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
