import { remembered } from "./remembered.js";
import { requireFraction } from "./require-fraction.js";
import { requirePositive } from "./require-positive.js";
import { betaTails } from "./special/incomplete-beta.js";
import { betaQuantile } from "./special/inverse-incomplete-beta.js";

/**
 * Returns P(T <= t) for Student's t, by DLMF 8.17 with T^2 / (degrees + T^2) beta distributed. The lower tail keeps its
 * relative accuracy (1e-12); infinite t is allowed.
 *
 * @throws RangeError unless `degrees` is positive and finite.
 */
export function studentTCdf({ t, degrees }: { readonly t: number; readonly degrees: number }): number {
  requirePositive({ action: "compute Student t probability", name: "degrees", value: degrees });
  if (Number.isNaN(t)) return NaN;
  const ratio = (t * t) / degrees;
  const y = 1 / (1 + ratio);
  const x = 1 / (1 + 1 / ratio);
  const beyond = betaTails({ a: degrees / 2, b: 0.5, x: y, y: x }).lower / 2;
  return t < 0 ? beyond : 1 - beyond;
}

/**
 * Returns the t with P(T <= t) = probability. Relative error below 1e-11.
 *
 * @throws RangeError unless 0 < probability < 1 and `degrees` is positive and finite.
 */
export function studentTQuantile({
  probability,
  degrees,
}: {
  readonly probability: number;
  readonly degrees: number;
}): number {
  const action = "compute Student t quantile";
  requireFraction({ action, name: "probability", value: probability });
  requirePositive({ action, name: "degrees", value: degrees });
  if (probability === 0.5) return 0;
  const size = sizeOf(Math.min(probability, 1 - probability), degrees);
  return probability < 0.5 ? -size : size;
}

/** The distance from 0 beyond which, on one side, T lies with probability `beyond`. */
const sizeOf = remembered((beyond: number, degrees: number) => {
  const { x, y } = betaQuantile({ a: degrees / 2, b: 0.5, lower: 2 * beyond, upper: 1 - 2 * beyond });
  return Math.sqrt((degrees * y) / x);
});
