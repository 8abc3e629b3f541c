import { newNumbers, type Numbers } from "../../platform/platform.js";
import type { NumberReader } from "../../platform/number-reader.js";
import { Part } from "../part.js";

/** Kinds of rate limits in an encoded plan. */
export const LIMIT_TOKENS: i32 = 0;
export const LIMIT_TICKS: i32 = 1;
export const LIMIT_LEAKY: i32 = 2;
export const LIMIT_FIXED_WINDOW: i32 = 3;
export const LIMIT_SLIDING_WINDOW: i32 = 4;

/** What `RateLimit.wait_s` gives for a request that is not let through. */
export const TURNED_AWAY: number = -1;

/** Tokens and places are counted with this slack, so that rates that divide the time evenly do what they should. */
const SLACK: number = 1e-9;

/** A limit of the rate at which requests come through. It has no events: it works out what it holds when a request comes. */
export class RateLimit extends Part {
  private readonly kind: i32;
  private readonly rate_per_s: number;
  private readonly most: i32;
  private readonly window_s: number;
  /** When the last ones went through, as many as may in a window, as a ring. */
  private readonly times_s: Numbers;
  private tokens: number = 0;
  /** Until when tokens have come [s]; or the number of the window. */
  private counted: number = 0;
  /** When the next one may leave the bucket [s]. */
  private free_s: number = 0;
  /** How many have gone through, in this window or at most as many as the ring holds, and the oldest in the ring. */
  private passed: i32 = 0;
  private oldest: i32 = 0;

  constructor(plan: NumberReader) {
    super();
    const kind = plan.int();
    this.kind = kind;
    this.rate_per_s = plan.number();
    const most = plan.int();
    this.most = most;
    this.window_s = plan.number();
    this.times_s = newNumbers(kind === LIMIT_SLIDING_WINDOW ? most : 0);
  }

  reset(): void {
    this.tokens = this.most as number;
    this.counted = 0;
    this.free_s = 0;
    this.passed = 0;
    this.oldest = 0;
  }

  /** How long the request waits that has come [s], mostly not at all; or TURNED_AWAY. */
  wait_s(now: number): number {
    switch (this.kind) {
      case LIMIT_TOKENS:
        return this.takeToken(now);
      case LIMIT_TICKS:
        return this.takeToken(Math.floor(now * this.rate_per_s + SLACK) / this.rate_per_s);
      case LIMIT_LEAKY:
        return this.queue_s(now);
      case LIMIT_FIXED_WINDOW:
        return this.count(Math.floor(now / this.window_s + SLACK));
      default:
        return this.log(now);
    }
  }

  /** Tokens have come until `then`. */
  private takeToken(then: number): number {
    this.tokens = Math.min(this.most as number, this.tokens + (then - this.counted) * this.rate_per_s);
    this.counted = then;
    if (this.tokens < 1 - SLACK) return TURNED_AWAY;
    this.tokens -= 1;
    return 0;
  }

  private queue_s(now: number): number {
    const gap_s = 1 / this.rate_per_s;
    const wait_s = Math.max(0, this.free_s - now);
    const full_s = (this.most as number) * gap_s;
    if (wait_s > full_s + SLACK * gap_s) return TURNED_AWAY;
    this.free_s = now + wait_s + gap_s;
    return wait_s;
  }

  private count(window: number): number {
    if (window !== this.counted) this.passed = 0;
    this.counted = window;
    if (this.passed >= this.most) return TURNED_AWAY;
    this.passed++;
    return 0;
  }

  private log(now: number): number {
    const oldest = this.oldest;
    if (this.passed === this.most) {
      if (now < this.times_s[oldest] + this.window_s) return TURNED_AWAY;
      this.times_s[oldest] = now;
      this.oldest = oldest + 1 === this.most ? 0 : oldest + 1;
      return 0;
    }
    this.times_s[this.passed] = now;
    this.passed++;
    return 0;
  }
}
