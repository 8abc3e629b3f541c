import {
  BACKOFF_DECORRELATED,
  BACKOFF_EXPONENTIAL,
  BACKOFF_FIXED,
  JITTER_EQUAL,
  JITTER_FULL,
  JITTER_NONE,
} from "../kernel/policies/retry.js";
import type { RetryPlan } from "../plan.js";
import { ENDING_DROPPED, ENDING_FAILED, ENDING_REJECTED, ENDING_TIMED_OUT } from "../record/ending.js";

const KINDS = { fixed: BACKOFF_FIXED, exponential: BACKOFF_EXPONENTIAL, decorrelated: BACKOFF_DECORRELATED } as const;
const JITTERS = { none: JITTER_NONE, full: JITTER_FULL, equal: JITTER_EQUAL } as const;
const ENDINGS = {
  failed: ENDING_FAILED,
  dropped: ENDING_DROPPED,
  rejected: ENDING_REJECTED,
  timed_out: ENDING_TIMED_OUT,
} as const;

/** The retry policies of a plan, one for each place that calls; instructions refer to them by position. */
export class RetrySet {
  readonly #numbers: number[][] = [];

  /** Adds a policy whose waits are drawn from `stream` and gives its position. */
  add({ attempts, on, backoff, budget_ratio, budget_burst }: RetryPlan, stream: number): number {
    const endings = on.reduce((bits, ending) => bits | (1 << ENDINGS[ending]), 0);
    const { kind, base_s, max_s, jitter } = backoff;
    const numbers = [
      attempts,
      endings,
      KINDS[kind],
      base_s,
      max_s,
      JITTERS[jitter],
      stream,
      budget_ratio,
      budget_burst,
    ];
    return this.#numbers.push(numbers) - 1;
  }

  /** The numbers that `System` reads. */
  numbers(): readonly number[] {
    return [this.#numbers.length, ...this.#numbers.flat()];
  }
}
