import { newNumbers, type Numbers } from "../../platform/platform.js";
import { SortedWindow } from "./sorted-window.js";

/** The last latencies [s], a window of them and as many before it. */
export class RollingLatency {
  private readonly window: i32;
  /** A ring of both windows. */
  private readonly latencies_s: Numbers;
  private position: i32 = 0;
  private count: i32 = 0;
  private readonly recent: SortedWindow;
  private readonly before: SortedWindow;

  constructor(window: i32) {
    this.window = window;
    this.latencies_s = newNumbers(2 * window);
    this.recent = new SortedWindow(window);
    this.before = new SortedWindow(window);
  }

  reset(): void {
    this.position = 0;
    this.count = 0;
    this.recent.reset();
    this.before.reset();
  }

  add(latency_s: number): void {
    const length = 2 * this.window;
    if (this.count < this.window) this.recent.add(latency_s);
    else {
      const passed = this.latencies_s[(this.position + this.window) % length];
      this.recent.replace(passed, latency_s);
      if (this.count < length) this.before.add(passed);
      else this.before.replace(this.latencies_s[this.position], passed);
    }
    if (this.count < length) this.count++;
    this.latencies_s[this.position] = latency_s;
    this.position = this.position + 1 === length ? 0 : this.position + 1;
  }

  /** Whether the 95th percentile has grown by more than this within one window; not before there are two of them. */
  hasGrown(ratio: number): boolean {
    return this.count === 2 * this.window && this.recent.p95() > this.before.p95() * (1 + ratio);
  }
}
