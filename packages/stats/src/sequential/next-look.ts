import { requireCount } from "../require-count.js";
import { requirePositive } from "../require-positive.js";

export interface LookOptions {
  /** Replications at the first look, an integer >= 1. Default 30. */
  readonly min?: number;
  /** Replications at the last look, an integer >= 1; a `min` above it is lowered to it. */
  readonly max: number;
}

/**
 * Returns how many replications there are at the look after the one at `n`: `min` first, then half as many again,
 * rounded up, and `max` at last (30, 45, 68, 102, ...). From `max` on it returns `n`: there are no more looks. Few looks
 * on a geometric schedule cost little power; what is decided at each of them must still hold at all of them together, as
 * `anytimeVerdict` and `anytimeInterval` do.
 *
 * @throws RangeError unless `n` is an integer >= 0 and `min` and `max` are integers >= 1.
 */
export function nextLook(n: number, { min = FIRST_LOOK, max }: LookOptions): number {
  const action = "plan looks";
  requireCount({ action, name: "n", value: n });
  for (const [name, value] of Object.entries({ min, max })) {
    requireCount({ action, name, value });
    requirePositive({ action, name, value });
  }
  if (n >= max) return n;
  return Math.min(max, n < min ? min : n + Math.ceil(n / 2));
}

/** Below this many replications neither the normal approximation nor an estimated variance is worth much. */
export const FIRST_LOOK = 30;
