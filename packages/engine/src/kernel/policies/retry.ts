import type { NumberReader } from "../../platform/number-reader.js";
import type { Frame } from "../frame.js";
import { Part } from "../part.js";
import type { Stream } from "../stream.js";

/** Kinds of backoff, and of jitter, in an encoded plan. */
export const BACKOFF_FIXED: i32 = 0;
export const BACKOFF_EXPONENTIAL: i32 = 1;
export const BACKOFF_DECORRELATED: i32 = 2;
export const JITTER_NONE: i32 = 0;
export const JITTER_FULL: i32 = 1;
export const JITTER_EQUAL: i32 = 2;

/** When a failed call is tried again, and after which wait. */
export class Retry extends Part {
  private readonly attempts: i32;
  /** One bit for each ending that is worth another attempt. */
  private readonly endings: i32;
  private readonly kind: i32;
  private readonly base_s: number;
  private readonly max_s: number;
  private readonly jitter: i32;
  private readonly chance: Stream;
  private readonly budgetRatio: number;
  private readonly budgetBurst: number;
  private tokens: number = 0;

  constructor(plan: NumberReader, streams: Stream[]) {
    super();
    this.attempts = plan.int();
    this.endings = plan.int();
    this.kind = plan.int();
    this.base_s = plan.number();
    this.max_s = plan.number();
    this.jitter = plan.int();
    this.chance = streams[plan.int()];
    this.budgetRatio = plan.number();
    this.budgetBurst = plan.number();
  }

  reset(): void {
    this.tokens = 0;
  }

  /** A call begins. */
  begin(frame: Frame): void {
    frame.extras.backoff_s = this.base_s;
    frame.extras.retryAfter_s = 0;
    this.tokens = Math.min(this.budgetBurst, this.tokens + this.budgetRatio);
  }

  /** Whether a call that failed with `error` after `tried` retries is tried again. Then that has its token. */
  allows(error: i32, tried: i32): boolean {
    if (tried + 1 >= this.attempts || (this.endings & (1 << (error - 1))) === 0) return false;
    if (this.budgetRatio === 0) return true;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  /** The wait before the frame's next attempt [s]; `tried` retries were before it. */
  wait_s(frame: Frame, tried: i32): number {
    let wait = this.base_s;
    if (this.kind === BACKOFF_EXPONENTIAL && tried > 0) wait = 2 * frame.extras.backoff_s;
    if (this.kind === BACKOFF_DECORRELATED) {
      wait = this.base_s + this.chance.next() * (3 * frame.extras.backoff_s - this.base_s);
    }
    wait = Math.min(this.max_s, wait);
    frame.extras.backoff_s = wait;
    if (this.jitter === JITTER_FULL) return wait * this.chance.next();
    if (this.jitter === JITTER_EQUAL) return (wait + wait * this.chance.next()) / 2;
    return wait;
  }
}
