import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, newNumbers, type Ints, type Numbers } from "../../platform/platform.js";
import type { Member } from "./member.js";

/**
 * Probes of all members at the multiples of an interval. A member is unhealthy after so many probes in a row that found it
 * down, and healthy again after so many that found it up. A probe sees the outages that begin or end at its moment. No
 * probe is an event: what they found follows from when outages began and ended.
 */
export class HealthCheck {
  private readonly interval_s: number;
  private readonly ejectAfter: number;
  private readonly returnAfter: number;
  private readonly size: i32;
  /** For each member: whether it is up, and whether it is thought to be. */
  private readonly up: Ints;
  private readonly healthy: Ints;
  /** For each member: the first probe that found it as it is, and the first of the row before that one. */
  private readonly first: Numbers;
  private readonly earlier: Numbers;
  /** For each member: the probe that will change what is thought of it; Infinity if none will. */
  private readonly verdict: Numbers;
  /** The member whose verdict comes next. */
  private next: i32 = 0;

  constructor(plan: NumberReader, size: i32) {
    this.interval_s = plan.number();
    this.ejectAfter = plan.number();
    this.returnAfter = plan.number();
    this.size = size;
    this.up = newInts(size);
    this.healthy = newInts(size);
    this.first = newNumbers(size);
    this.earlier = newNumbers(size);
    this.verdict = newNumbers(size);
  }

  reset(): void {
    this.next = 0;
    for (let k = 0; k < this.size; k++) {
      this.up[k] = 1;
      this.healthy[k] = 1;
      this.first[k] = 0;
      this.earlier[k] = 0;
      this.verdict[k] = Infinity;
    }
  }

  /** When the next verdict falls that is not known yet [s]; Infinity when none will. */
  next_s(): number {
    return this.size === 0 ? Infinity : this.verdict[this.next] * this.interval_s;
  }

  /** Whether a verdict has fallen by `now`: with the probe of that moment, or without it for what the probe will see. */
  isDue(now: number, inclusive: boolean): boolean {
    if (this.size === 0) return false;
    const last = inclusive ? Math.floor(now / this.interval_s) : Math.ceil(now / this.interval_s) - 1;
    return this.verdict[this.next] <= last;
  }

  /** Changes what is thought of the member whose verdict comes next, and gives its position. */
  takeVerdict(): i32 {
    const position = this.next;
    this.healthy[position] = 1 - this.healthy[position];
    this.verdict[position] = Infinity;
    this.findNext();
    return position;
  }

  isHealthy(member: Member): boolean {
    return this.healthy[member.position] === 1;
  }

  /**
   * A member goes down or comes up. Verdicts before must have been taken. If no probe saw how it was, the row of probes
   * before that goes on.
   */
  setUp(member: Member, up: boolean, now: number): void {
    const k = member.position;
    const probe = Math.ceil(now / this.interval_s);
    if (probe === this.first[k]) this.first[k] = this.earlier[k];
    else {
      this.earlier[k] = this.first[k];
      this.first[k] = probe;
    }
    this.up[k] = up ? 1 : 0;
    const needed = up ? this.returnAfter : this.ejectAfter;
    this.verdict[k] = this.up[k] === this.healthy[k] ? Infinity : this.first[k] + needed - 1;
    this.findNext();
  }

  private findNext(): void {
    let next = 0;
    for (let k = 1; k < this.size; k++) {
      if (this.verdict[k] < this.verdict[next]) next = k;
    }
    this.next = next;
  }
}
