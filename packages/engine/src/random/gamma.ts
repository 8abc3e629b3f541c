import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { FillBlock } from "./fill-block.js";
import { nextNormalPair } from "./normal.js";
import { positiveUniform } from "./uniform.js";

/** Gamma variates by Marsaglia and Tsang (2000); a shape below 1 is boosted by U^(1/shape), their section 6. */
export function gammaFiller(shape: number, scale: number): FillBlock {
  const boosted = shape < 1;
  const d = (boosted ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  const pair = new Float64Array(2);
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) {
      const value = scale * squeeze(generator, d, c, pair);
      block[k] = boosted ? value * Math.exp(Math.log(positiveUniform(generator)) / shape) : value;
    }
  };
}

function squeeze(generator: RandomGenerator, d: number, c: number, pair: Float64Array): number {
  for (;;) {
    nextNormalPair(generator, pair, 0);
    const x = pair[0]!;
    const t = 1 + c * x;
    if (t <= 0) continue;
    const v = t * t * t;
    if (Math.log(positiveUniform(generator)) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
