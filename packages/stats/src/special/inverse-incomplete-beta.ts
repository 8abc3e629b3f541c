import { requireFraction } from "../require-fraction.js";
import { requirePositive } from "../require-positive.js";
import { betaPower } from "./beta-power.js";
import { betaTails } from "./incomplete-beta.js";
import type { Tails } from "./incomplete-beta.js";
import { logGamma } from "./log-gamma.js";

/**
 * Returns the x in [0, 1] with I_x(a, b) = probability: the quantile of the beta distribution. Relative error below
 * 1e-11 where `probability` itself determines x that well.
 *
 * @throws RangeError unless a and b are positive and finite and 0 < probability < 1.
 */
export function inverseIncompleteBeta({
  probability,
  a,
  b,
}: {
  readonly probability: number;
  readonly a: number;
  readonly b: number;
}): number {
  const action = "invert incomplete beta";
  requireFraction({ action, name: "probability", value: probability });
  requirePositive({ action, name: "a", value: a });
  requirePositive({ action, name: "b", value: b });
  return betaQuantile({ a, b, lower: probability, upper: 1 - probability }).x;
}

interface BetaTarget extends Tails {
  readonly a: number;
  readonly b: number;
}

/** Returns x and y = 1 - x with the given tails beside them, each with its own relative accuracy. */
export function betaQuantile({ a, b, lower, upper }: BetaTarget): { readonly x: number; readonly y: number } {
  if (lower <= betaTails({ a, b, x: 0.5, y: 0.5 }).lower) {
    const x = smallQuantile({ a, b, lower, upper });
    return { x, y: 1 - x };
  }
  const y = smallQuantile({ a: b, b: a, lower: upper, upper: lower });
  return { x: 1 - y, y };
}

const STEPS_LIMIT = 200;
const LOG_SMALLEST = Math.log(Number.MIN_VALUE);

/**
 * A quantile that is at most 1/2: Newton's method on the logarithm of the smaller tail against ln x, which is close to
 * a straight line in both tails; a step that would leave the bracket becomes a bisection.
 */
function smallQuantile({ a, b, lower, upper }: BetaTarget): number {
  const onLower = lower <= upper;
  const logTarget = Math.log(onLower ? lower : upper);
  let low = LOG_SMALLEST;
  let high = -Math.LN2;
  // I_x(a, b) is close to x^a / (a B(a, b)) near 0.
  let logX = (Math.log(lower) + Math.log(a) + logGamma(a) + logGamma(b) - logGamma(a + b)) / a;
  logX = Math.min(Math.max(logX, low), high);
  for (let k = 0; k < STEPS_LIMIT; k++) {
    const x = Math.exp(logX);
    const y = 1 - x;
    const tails = betaTails({ a, b, x, y });
    const tail = onLower ? tails.lower : tails.upper;
    const excess = (Math.log(tail) - logTarget) * (onLower ? 1 : -1);
    if (excess === 0) break;
    if (excess > 0) high = logX;
    else low = logX;
    const slope = betaPower({ a, b, x, y }) / (y * tail);
    const newton = logX - excess / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const step = Math.abs(next - logX);
    logX = next;
    if (step <= 1e-13) break;
  }
  return Math.exp(logX);
}
