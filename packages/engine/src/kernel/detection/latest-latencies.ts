import { newNumbers, type Numbers } from "../../platform/platform.js";
import { SortedWindow } from "./sorted-window.js";

/** The last latencies [s], a window of them. */
export class LatestLatencies {
  private readonly window: i32;
  /** A ring. */
  private readonly latencies_s: Numbers;
  private position: i32 = 0;
  private count: i32 = 0;
  private readonly sorted: SortedWindow;

  constructor(window: i32) {
    this.window = window;
    this.latencies_s = newNumbers(window);
    this.sorted = new SortedWindow(window);
  }

  reset(): void {
    this.position = 0;
    this.count = 0;
    this.sorted.reset();
  }

  add(latency_s: number): void {
    if (this.count < this.window) {
      this.sorted.add(latency_s);
      this.count++;
    } else this.sorted.replace(this.latencies_s[this.position], latency_s);
    this.latencies_s[this.position] = latency_s;
    this.position = this.position + 1 === this.window ? 0 : this.position + 1;
  }

  /** Their 95th percentile; 0 while there is none. */
  p95(): number {
    return this.count === 0 ? 0 : this.sorted.p95();
  }
}
