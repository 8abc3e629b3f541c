import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { uniform } from "./uniform.js";

/** Writes two independent standard normal variates to `into[at]` and `into[at + 1]`: polar method (Marsaglia 1964). */
export function nextNormalPair(generator: RandomGenerator, into: Float64Array, at: number): void {
  for (;;) {
    const x = 2 * uniform(generator) - 1;
    const y = 2 * uniform(generator) - 1;
    const s = x * x + y * y;
    if (s < 1 && s > 0) {
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      into[at] = x * factor;
      into[at + 1] = y * factor;
      return;
    }
  }
}
