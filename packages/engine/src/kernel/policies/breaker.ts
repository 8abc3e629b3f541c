import type { NumberReader } from "../../platform/number-reader.js";
import type { BreakerRecord } from "../../record/breaker-record.js";
import { Part } from "../part.js";
import { RecentOutcomes } from "./recent-outcomes.js";

/** Kinds of breakers in an encoded plan. */
export const BREAKER_CONSECUTIVE: i32 = 0;
export const BREAKER_ERROR_RATE: i32 = 1;
export const BREAKER_SLOW_CALLS: i32 = 2;

/** What a breaker is. */
export const CLOSED: i32 = 0;
export const OPEN: i32 = 1;
export const HALF_OPEN: i32 = 2;

/**
 * A circuit breaker (Nygard 2007, section 5.2). Closed, it lets calls through and opens when too many of them end badly; open, it lets none
 * through for a while; then, half-open, it lets some probes through: one that ends badly opens it again, and when all have ended well it is
 * closed. Calls that began before it changed are not counted after it.
 */
export class Breaker extends Part {
  /** CLOSED, OPEN or HALF_OPEN; open until the first call after its time is over. */
  state: i32 = CLOSED;
  /** How often it has changed: a call remembers this number. */
  epoch: i32 = 0;
  private readonly kind: i32;
  private readonly open_s: number;
  private readonly probes: i32;
  private readonly failures: i32;
  private readonly slowerThan_s: number;
  private readonly threshold: number;
  private readonly minRequests: i32;
  private readonly recent: RecentOutcomes;
  private readonly record: BreakerRecord;
  /** Bad calls in a row. */
  private inARow: i32 = 0;
  private openUntil_s: number = 0;
  /** Probes that were let through, and those that ended well. */
  private sent: i32 = 0;
  private passed: i32 = 0;

  constructor(plan: NumberReader, record: BreakerRecord) {
    super();
    this.kind = plan.int();
    this.open_s = plan.number();
    this.probes = plan.int();
    this.failures = plan.int();
    this.slowerThan_s = plan.number();
    this.threshold = plan.number();
    this.minRequests = plan.int();
    this.recent = new RecentOutcomes(plan.number());
    this.record = record;
  }

  reset(): void {
    this.epoch = 0;
    this.close();
  }

  /** Whether a call may begin. */
  admits(now: number): boolean {
    if (this.state === CLOSED) return true;
    if (this.state === OPEN && now >= this.openUntil_s) {
      this.change(HALF_OPEN);
      this.sent = 0;
      this.passed = 0;
    }
    if (this.state === OPEN || this.sent >= this.probes) return false;
    this.sent++;
    return true;
  }

  /** A call that began in `epoch` is over after `lasted_s`. */
  judge(epoch: i32, failed: boolean, lasted_s: number, now: number): void {
    if (epoch !== this.epoch) return;
    const isBad = this.kind === BREAKER_SLOW_CALLS ? lasted_s > this.slowerThan_s : failed;
    if (this.state === HALF_OPEN) {
      if (!isBad) this.passed++;
      if (isBad) this.open(now);
      else if (this.passed >= this.probes) this.close();
    } else if (this.isTooMuch(isBad, now)) this.open(now);
  }

  /** A call that began in `epoch` was cancelled: it says nothing, and another probe may take its place. */
  forget(epoch: i32): void {
    if (epoch === this.epoch && this.state === HALF_OPEN) this.sent--;
  }

  private isTooMuch(isBad: boolean, now: number): boolean {
    if (this.kind === BREAKER_CONSECUTIVE) {
      this.inARow = isBad ? this.inARow + 1 : 0;
      return this.inARow >= this.failures;
    }
    const recent = this.recent;
    recent.add(isBad, now);
    const total = recent.total as number;
    return recent.total >= this.minRequests && (recent.bad as number) >= this.threshold * total;
  }

  private open(now: number): void {
    this.change(OPEN);
    this.openUntil_s = now + this.open_s;
    this.record.open(now, this.openUntil_s);
  }

  private close(): void {
    this.change(CLOSED);
    this.inARow = 0;
    this.recent.reset();
  }

  private change(state: i32): void {
    this.state = state;
    this.epoch++;
  }
}
