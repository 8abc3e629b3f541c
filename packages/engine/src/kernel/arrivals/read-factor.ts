import type { NumberReader } from "../../platform/number-reader.js";
import type { Factor } from "./factor.js";
import { PiecewiseFactor } from "./piecewise-factor.js";
import { SinusoidFactor } from "./sinusoid-factor.js";

/** Kinds of factors, in an encoded plan. */
export const FACTOR_PIECES: i32 = 0;
export const FACTOR_SINUSOID: i32 = 1;

/** Reads a factor of an encoded plan. */
export function readFactor(plan: NumberReader): Factor {
  const kind = plan.int();
  return kind === FACTOR_PIECES ? new PiecewiseFactor(plan) : new SinusoidFactor(plan);
}
