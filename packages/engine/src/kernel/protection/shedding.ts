import { exp } from "../../platform/platform.js";
import type { NumberReader } from "../../platform/number-reader.js";
import type { Level } from "../../record/level.js";

/** What load shedding looks at, in an encoded plan. */
export const SHED_NEVER: i32 = 0;
export const SHED_BY_UTILIZATION: i32 = 1;
export const SHED_BY_LATENCY: i32 = 2;

/**
 * Turns requests away while an exponential average is above a threshold: of the utilization of the cores, or of the time that requests spend at the
 * server, which fades while none ends, so that a server that lets nobody in finds out that it is idle.
 */
export class Shedding {
  private readonly kind: i32;
  private readonly above: number;
  private readonly window_s: number;
  /** Requests of this priority, and more urgent ones, are always let in; -1 for none. */
  private readonly spared: i32;
  /** Cores in use, and how many there are. */
  private readonly cpu: Level;
  private readonly cores: number;
  private average: number = 0;
  /** When that was the average [s], and the use of cores up to then [s]. */
  private since: number = 0;
  private used_s: number = 0;

  constructor(plan: NumberReader, cpu: Level) {
    this.kind = plan.int();
    this.above = plan.number();
    this.window_s = plan.number();
    this.spared = plan.int();
    this.cores = plan.number();
    this.cpu = cpu;
  }

  reset(): void {
    this.average = 0;
    this.since = 0;
    this.used_s = 0;
  }

  /** Whether a request of this priority is turned away that comes now. */
  sheds(priority: i32, now: number): boolean {
    if (this.kind === SHED_NEVER) return false;
    if (this.kind === SHED_BY_UTILIZATION) this.averageUse(now);
    const rest = this.kind === SHED_BY_LATENCY ? this.rest(now) : 1;
    return this.average * rest > this.above && priority > this.spared;
  }

  /** A request leaves after `spent_s` at the server. */
  learn(spent_s: number, now: number): void {
    if (this.kind !== SHED_BY_LATENCY) return;
    const rest = this.rest(now);
    this.average = this.average * rest + spent_s * (1 - rest);
    this.since = now;
  }

  private averageUse(now: number): void {
    const elapsed_s = now - this.since;
    if (elapsed_s <= 0) return;
    const used_s = this.cpu.integral(now);
    const rest = this.rest(now);
    this.average = this.average * rest + ((used_s - this.used_s) / (elapsed_s * this.cores)) * (1 - rest);
    this.since = now;
    this.used_s = used_s;
  }

  /** The weight of the average now, range (0, 1]. */
  private rest(now: number): number {
    return exp((this.since - now) / this.window_s);
  }
}
