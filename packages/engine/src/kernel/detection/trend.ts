import { newNumbers, type Numbers } from "../../platform/platform.js";

/** What a detector saw at its last samples: at the newest one and at as many before it as the trend has intervals. At first there was nothing. */
export class Trend {
  private readonly length: i32;
  private readonly waiting: Numbers;
  private readonly refused: Numbers;
  private readonly ended: Numbers;
  private readonly failed: Numbers;
  /** The place of the newest one. */
  private newest: i32 = 0;

  constructor(intervals: i32) {
    this.length = intervals + 1;
    this.waiting = newNumbers(intervals + 1);
    this.refused = newNumbers(intervals + 1);
    this.ended = newNumbers(intervals + 1);
    this.failed = newNumbers(intervals + 1);
  }

  reset(): void {
    this.newest = 0;
    for (let k = 0; k < this.length; k++) {
      this.waiting[k] = 0;
      this.refused[k] = 0;
      this.ended[k] = 0;
      this.failed[k] = 0;
    }
  }

  /** A sample: what waits; what was turned away, what has ended and what of that has failed since the beginning. */
  add(waiting: number, refused: number, ended: number, failed: number): void {
    const place = this.oldest();
    this.newest = place;
    this.waiting[place] = waiting;
    this.refused[place] = refused;
    this.ended[place] = ended;
    this.failed[place] = failed;
  }

  /** By how much the queue would have become longer if nobody had been turned away. */
  growth(): number {
    const first = this.oldest();
    return this.waiting[this.newest] - this.waiting[first] + this.overflow();
  }

  /** Requests turned away. */
  overflow(): number {
    return this.refused[this.newest] - this.refused[this.oldest()];
  }

  /** Requests that ended, and those of them that failed. */
  ends(): number {
    return this.ended[this.newest] - this.ended[this.oldest()];
  }

  failures(): number {
    return this.failed[this.newest] - this.failed[this.oldest()];
  }

  /** Whether something waited at every sample. */
  alwaysWaited(): boolean {
    for (let k = 0; k < this.length; k++) {
      if (this.waiting[k] <= 0) return false;
    }
    return true;
  }

  private oldest(): i32 {
    return this.newest + 1 === this.length ? 0 : this.newest + 1;
  }
}
