import { newNumbers, type Numbers } from "../../platform/platform.js";
import type { Server } from "../server.js";

/** What is measured of the replicas of a set. */
export const USAGE_CPU: i32 = 0;
export const USAGE_CONCURRENCY: i32 = 1;
export const USAGE_QUEUE: i32 = 2;
export const USAGE_LATENCY: i32 = 3;

/** Measures what replicas are used, from one moment to the next. */
export class Usage {
  private readonly metric: i32;
  private readonly servers: Server[];
  /** Integrals or sums at the last measurement, by server; of latencies also their numbers. */
  private readonly sums: Numbers;
  private readonly counts: Numbers;

  /** `metric` is one of USAGE_CPU ... USAGE_LATENCY. */
  constructor(metric: i32, servers: Server[]) {
    this.metric = metric;
    this.servers = servers;
    this.sums = newNumbers(servers.length);
    this.counts = newNumbers(servers.length);
  }

  reset(): void {
    for (let k = 0; k < this.servers.length; k++) {
      this.sums[k] = 0;
      this.counts[k] = 0;
    }
  }

  /**
   * The average since the last measurement over the replicas that are in service, each for the time [s] that it has been
   * (`inService_s`, 0 for those that are not); NaN when there was nothing to measure.
   */
  measure(inService_s: Numbers, now: number): number {
    let sum: number = 0;
    let weight: number = 0;
    for (let k = 0; k < this.servers.length; k++) {
      const total = this.total(this.servers[k], now);
      const count = this.metric === USAGE_LATENCY ? this.servers[k].record.everyVisit() : 0;
      if (inService_s[k] > 0) {
        sum += total - this.sums[k];
        weight += this.metric === USAGE_LATENCY ? count - this.counts[k] : inService_s[k];
      }
      this.sums[k] = total;
      this.counts[k] = count;
    }
    return sum / weight;
  }

  /** What grows at a server from the beginning of the run on. */
  private total(server: Server, now: number): number {
    const record = server.record;
    switch (this.metric) {
      case USAGE_CPU:
        return record.cpu.integral(now) / server.coreCount();
      case USAGE_CONCURRENCY:
        return (
          record.cpu.integral(now) +
          record.ready.integral(now) +
          record.io.integral(now) +
          record.ramQueue.integral(now)
        );
      case USAGE_QUEUE:
        return record.ready.integral(now) + record.ramQueue.integral(now);
      default:
        return record.everyResidence_s();
    }
  }
}
