import { inverseIncompleteBeta } from "./special/inverse-incomplete-beta.js";

/** Returns the lower bound of a probability that is too high with probability at most `error` (Clopper and Pearson 1934). */
export function clopperPearsonLow({
  successes,
  trials,
  error,
}: {
  readonly successes: number;
  readonly trials: number;
  readonly error: number;
}): number {
  if (successes === 0) return 0;
  return inverseIncompleteBeta({ probability: error, a: successes, b: trials - successes + 1 });
}
