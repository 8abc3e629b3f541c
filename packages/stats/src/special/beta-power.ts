import { stirlingRemainder } from "./stirling-remainder.js";

/** A point of the beta distribution. `x + y = 1`, both given because each loses digits when taken from the other. */
export interface BetaPoint {
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Returns x^a y^b / B(a, b), which is x y times the beta density. The powers and the beta function are far out of range
 * for large a and b, and their logarithms cancel; the deviances of Loader 2000 keep about 13 digits up to a + b = 1e9.
 */
export function betaPower({ a, b, x, y }: BetaPoint): number {
  if (x === 0 || y === 0) return 0;
  const n = a + b;
  const remainder = stirlingRemainder(n) - stirlingRemainder(a) - stirlingRemainder(b);
  const exponent = remainder - deviance(a, n * x) - deviance(b, n * y);
  return Math.sqrt((a / n) * (b / (2 * Math.PI))) * Math.exp(exponent);
}

/** Returns observed ln(observed / expected) + expected - observed, >= 0: Loader 2000, function bd0. */
function deviance(observed: number, expected: number): number {
  const ratio = (expected - observed) / observed;
  if (Math.abs(ratio) > 0.1) return observed * (ratio - Math.log(expected / observed));
  // ln((1 + v) / (1 - v)) = 2 (v + v^3/3 + v^5/5 + ...) with v = (observed - expected) / (observed + expected).
  const v = (observed - expected) / (observed + expected);
  let total = (observed - expected) * v;
  let term = 2 * observed * v;
  for (let k = 3; k <= 41; k += 2) {
    term *= v * v;
    const next = total + term / k;
    if (next === total) break;
    total = next;
  }
  return total;
}
