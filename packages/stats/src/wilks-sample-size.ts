import { requireFraction } from "./require-fraction.js";

/**
 * Returns the fewest values whose largest one exceeds the quantile at `probability` with at least `confidence`: the
 * smallest n with 1 - probability^n >= confidence (Wilks 1941, one-sided). 59 for the 0.95 quantile at 0.95, 299 for the
 * 0.99 quantile at 0.95: also the fewest clean runs that prove a probability of breaking below 1 %.
 *
 * @throws RangeError unless both are in (0, 1).
 */
export function wilksSampleSize({
  probability,
  confidence,
}: {
  readonly probability: number;
  readonly confidence: number;
}): number {
  const action = "compute Wilks sample size";
  requireFraction({ action, name: "probability", value: probability });
  requireFraction({ action, name: "confidence", value: confidence });
  const exact = Math.log1p(-confidence) / Math.log(probability);
  return Math.ceil(exact * (1 - ROUNDING));
}

/** Room for rounding where the exact answer is an integer, as for 0.5 and 0.75. */
const ROUNDING = 1e-12;
