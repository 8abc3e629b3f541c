import type { NumberReader } from "../../platform/number-reader.js";

/** Kinds of concurrency limits in an encoded plan. */
export const LIMIT_FIXED: i32 = 0;
export const LIMIT_AIMD: i32 = 1;
export const LIMIT_GRADIENT: i32 = 2;

/** How many requests the long average looks back over, and the first ones, which all count alike. */
const LONG_WINDOW: number = 600;
const FIRST_SAMPLES: number = 10;

/**
 * How many requests may be at work at once: a number, or one that follows how long they take. Both ways are those of Netflix's
 * concurrency-limits (https://github.com/Netflix/concurrency-limits): `AIMDLimit` and `Gradient2Limit`, which learn from each request that ends.
 */
export class ConcurrencyLimit {
  /** In force now. */
  current: i32 = 0;
  readonly isAdaptive: boolean;
  private readonly kind: i32;
  private readonly initial: i32;
  private readonly min: number;
  private readonly max: number;
  /** AIMD: a request that takes longer counts as lost [s]; and what a loss leaves of the limit. */
  private readonly timeout_s: number;
  private readonly backoffRatio: number;
  /** Gradient: how much longer than on average requests may take, the weight of a new estimate, and by how much that grows. */
  private readonly tolerance: number;
  private readonly smoothing: number;
  private readonly growth: number;
  /** The limit before it is cut to a whole number. */
  private estimate: number = 0;
  /** What requests take on average [s], and how many of the first ones that is over. */
  private long_s: number = 0;
  private samples: number = 0;

  constructor(plan: NumberReader) {
    const kind = plan.int();
    this.kind = kind;
    this.isAdaptive = kind !== LIMIT_FIXED;
    this.initial = plan.int();
    this.min = plan.number();
    this.max = plan.number();
    this.timeout_s = plan.number();
    this.backoffRatio = plan.number();
    this.tolerance = plan.number();
    this.smoothing = plan.number();
    this.growth = plan.number();
  }

  reset(): void {
    this.current = this.initial;
    this.estimate = this.initial as number;
    this.long_s = 0;
    this.samples = 0;
  }

  /** A request has ended that took this long and began as one of `inside`; `lost` when it met a time limit or was turned away. */
  learn(took_s: number, inside: i32, lost: boolean): void {
    if (this.kind === LIMIT_AIMD) this.learnLosses(inside as number, lost || took_s > this.timeout_s);
    // One that took no time says nothing of how long requests take.
    else if (this.kind === LIMIT_GRADIENT && took_s > 0) this.learnTimes(took_s, inside as number);
  }

  private learnLosses(inside: number, lost: boolean): void {
    let limit = this.estimate;
    if (lost) limit = Math.floor(limit * this.backoffRatio);
    else if (inside * 2 >= limit) limit += 1;
    this.change(limit);
  }

  private learnTimes(took_s: number, inside: number): void {
    const long_s = this.averaged(took_s);
    this.long_s = long_s > 2 * took_s ? long_s * 0.95 : long_s;
    if (inside < this.estimate / 2) return;
    const gradient = Math.max(0.5, Math.min(1, (this.tolerance * long_s) / took_s));
    this.change(this.estimate * (1 - this.smoothing) + (this.estimate * gradient + this.growth) * this.smoothing);
  }

  /** The average of all first samples, an exponential one after them. */
  private averaged(took_s: number): number {
    if (this.samples < FIRST_SAMPLES) {
      this.samples += 1;
      return this.long_s + (took_s - this.long_s) / this.samples;
    }
    return this.long_s + (took_s - this.long_s) * (2 / (LONG_WINDOW + 1));
  }

  private change(estimate: number): void {
    this.estimate = Math.max(this.min, Math.min(this.max, estimate));
    this.current = Math.floor(this.estimate) as i32;
  }
}
