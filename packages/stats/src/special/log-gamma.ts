import { requirePositive } from "../require-positive.js";
import { stirlingRemainder } from "./stirling-remainder.js";

/**
 * Returns ln Gamma(x) for x > 0, by Stirling's formula with its remainder (DLMF 5.11.1). Relative error below 1e-13,
 * absolute error below 1e-13 near the zeros at 1 and 2.
 *
 * @throws RangeError unless x is positive and finite.
 */
export function logGamma(x: number): number {
  requirePositive({ action: "compute log gamma", name: "x", value: x });
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingRemainder(x);
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
