import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import { WHOLE } from "../whole.js";
import type { Factor } from "./factor.js";
import { PiecewiseFactor } from "./piecewise-factor.js";
import { SinusoidFactor } from "./sinusoid-factor.js";
import { SwitchedFactor } from "./switched-factor.js";

/** Kinds of factors, in an encoded plan. */
export const FACTOR_PIECES: i32 = 0;
export const FACTOR_SINUSOID: i32 = 1;
export const FACTOR_SWITCHED: i32 = 2;

/** Reads a factor of an encoded plan. */
export function readFactor(plan: NumberReader, streams: Stream[]): Factor {
  const kind = plan.int();
  if (WHOLE && kind === FACTOR_SWITCHED) return new SwitchedFactor(plan, streams);
  return kind === FACTOR_PIECES ? new PiecewiseFactor(plan) : new SinusoidFactor(plan);
}
