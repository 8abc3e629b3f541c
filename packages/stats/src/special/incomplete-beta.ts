import { requirePositive } from "../require-positive.js";
import { betaPower } from "./beta-power.js";
import type { BetaPoint } from "./beta-power.js";

/**
 * Returns the regularised incomplete beta function I_x(a, b), range [0, 1]: the probability that a beta variable with
 * shapes a and b is at most x. Relative error below 1e-12 for a + b up to 1e6; cost grows with sqrt(a + b).
 *
 * @throws RangeError unless a and b are positive and finite and 0 <= x <= 1.
 */
export function incompleteBeta({ x, a, b }: { readonly x: number; readonly a: number; readonly b: number }): number {
  const action = "compute incomplete beta";
  requirePositive({ action, name: "a", value: a });
  requirePositive({ action, name: "b", value: b });
  if (!(x >= 0 && x <= 1)) throw new RangeError(`Cannot ${action}: x must be >= 0 and <= 1: current value is ${x}`);
  return betaTails({ a, b, x, y: 1 - x }).lower;
}

/** The two probabilities beside a point, `lower + upper = 1`: the smaller one keeps its relative accuracy. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/** Returns I_x(a, b) and its complement, by the continued fraction on the side of the mean where x lies. */
export function betaTails({ a, b, x, y }: BetaPoint): Tails {
  if (a * y >= b * x) {
    const lower = tail({ a, b, x, y });
    return { lower, upper: 1 - lower };
  }
  const upper = tail({ a: b, b: a, x: y, y: x });
  return { lower: 1 - upper, upper };
}

/** Far more than a + b = 1e10 takes. */
const TERMS_LIMIT = 1_000_000;
const TINY = 1e-300;

/**
 * I_x(a, b) for x at most the mean a / (a + b): DiDonato and Morris 1992, BFRAC, evaluated forward by the modified
 * method of Lentz (Press et al. 2007, section 5.2). The shorter fraction DLMF 8.17.22 is not used: near x = 1 its first
 * term cancels, which costs Student's t with 1e8 degrees six digits.
 */
function tail({ a, b, x, y }: BetaPoint): number {
  const power = betaPower({ a, b, x, y });
  if (power === 0) return 0;
  const lambda = a * y - b * x;
  let fraction = (a * (lambda + 1)) / (a + 1);
  let ahead = fraction;
  let behind = 0;
  for (let m = 1; m <= TERMS_LIMIT; m++) {
    const middle = a + 2 * m - 1;
    const partial = (((a + m - 1) * x) / middle) * (((a + b + m - 1) * x) / middle) * m * (b - m);
    const whole = m + (m * (b - m) * x) / middle + ((a + m) * (lambda + 1 + m * (1 + y))) / (middle + 2);
    behind = 1 / guard(whole + partial * behind);
    ahead = guard(whole + partial / ahead);
    const factor = ahead * behind;
    fraction *= factor;
    if (Math.abs(factor - 1) < 4 * Number.EPSILON) return power / fraction;
  }
  throw new RangeError(`Cannot compute incomplete beta: a + b must be within reach: current value is ${a + b}`);
}

function guard(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
