import { requireCount } from "./require-count.js";
import { requireFraction } from "./require-fraction.js";
import { betaTails } from "./special/incomplete-beta.js";

/**
 * Returns P(B <= successes) for a binomial B of `trials` draws with `probability`, by DLMF 8.17.5. Relative error below
 * 1e-12 up to a million trials. `successes` may be any integer: 0 below zero, 1 from `trials` on.
 *
 * @throws RangeError unless 0 < probability < 1, `trials` is an integer >= 0 and `successes` an integer.
 */
export function binomialCdf({
  successes,
  trials,
  probability,
}: {
  readonly successes: number;
  readonly trials: number;
  readonly probability: number;
}): number {
  const action = "compute binomial probability";
  requireFraction({ action, name: "probability", value: probability });
  requireCount({ action, name: "trials", value: trials });
  if (!Number.isInteger(successes)) {
    throw new RangeError(`Cannot ${action}: successes must be an integer: current value is ${successes}`);
  }
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  return betaTails({ a: trials - successes, b: successes + 1, x: 1 - probability, y: probability }).lower;
}
