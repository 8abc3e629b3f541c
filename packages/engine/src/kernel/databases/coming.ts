import { newNumbers, type Numbers } from "../../platform/platform.js";

/** How many a ring has room for at first. */
const FEW: i32 = 16;

/** When a site will see transactions that it has not seen yet [s], in the order of these times: a ring that grows when it is full. */
export class Coming {
  count: i32 = 0;
  private times: Numbers = newNumbers(FEW);
  private capacity: i32 = FEW;
  private first: i32 = 0;

  reset(): void {
    this.first = 0;
    this.count = 0;
  }

  /** One more will be seen, no earlier than the others. */
  add(time: number): void {
    if (this.count === this.capacity) this.grow();
    this.times[this.placeOf(this.count)] = time;
    this.count++;
  }

  /** Forgets those that have been seen by then. */
  forget(time: number): void {
    while (this.count > 0 && this.times[this.first] <= time) {
      this.first = this.placeOf(1);
      this.count--;
    }
  }

  private placeOf(k: i32): i32 {
    return (this.first + k) % this.capacity;
  }

  private grow(): void {
    const times = newNumbers(2 * this.capacity);
    for (let k = 0; k < this.count; k++) times[k] = this.times[this.placeOf(k)];
    this.times = times;
    this.capacity *= 2;
    this.first = 0;
  }
}
