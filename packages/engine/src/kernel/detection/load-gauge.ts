import type { NumberReader } from "../../platform/number-reader.js";
import type { Recorder } from "../../record/recorder.js";
import { LatestLatencies } from "./latest-latencies.js";
import { WatchedBuffer } from "./watched-buffer.js";

/** What waits at some servers, and how long requests were at them, each beside its limit. */
export class LoadGauge {
  private readonly queue_above: number;
  private readonly latency_above_s: number;
  private readonly latencies: LatestLatencies;
  private readonly buffer: WatchedBuffer;

  constructor(plan: NumberReader, recorder: Recorder) {
    this.queue_above = plan.number();
    this.latency_above_s = plan.number();
    this.latencies = new LatestLatencies(plan.int());
    this.buffer = new WatchedBuffer(plan, recorder);
  }

  reset(): void {
    this.latencies.reset();
  }

  /** A request leaves one of the servers after this time [s]. */
  observe(latency_s: number): void {
    this.latencies.add(latency_s);
  }

  /** Whether one of the limits is passed. */
  isHigh(): boolean {
    return this.buffer.waiting() > this.queue_above || this.latencies.p95() > this.latency_above_s;
  }
}
