import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { positiveUniform, uniform } from "./uniform.js";

const LAYERS = 256;

/** Where the tail begins, and the area of each layer, for 256 layers (Marsaglia and Tsang 2000, section 2). */
const TAIL_START = 7.697_117_470_131_05;
const LAYER_AREA = 0.003_949_659_822_581_572;

/** Right ends of the layers, from the lowest; layer 0 is as wide as a rectangle of its area would be. */
export const RIGHT: Float64Array = rightEnds();
/** exp(-RIGHT), and 1 at the top. */
export const HEIGHT: Float64Array = RIGHT.map((x) => Math.exp(-x));

/**
 * A standard exponential variate by the ziggurat (Marsaglia and Tsang 2000). The layer comes from the high bits of one
 * word and the position from another word and lower bits: shared bits would make neighbouring values depend on their
 * layer.
 */
export function nextExponential(generator: RandomGenerator): number {
  for (;;) {
    const word = generator.next();
    const layer = word >>> 24;
    const fraction =
      ((generator.next() >>> 5) + ((word >>> 1) & 0x7f_ffff) * 1.1920928955078125e-7) * 7.450580596923828e-9;
    const x = fraction * RIGHT[layer]!;
    if (x < RIGHT[layer + 1]!) return x;
    if (layer === 0) return TAIL_START - Math.log(positiveUniform(generator));
    const low = HEIGHT[layer]!;
    if (low + uniform(generator) * (HEIGHT[layer + 1]! - low) < Math.exp(-x)) return x;
  }
}

function rightEnds(): Float64Array {
  const ends = new Float64Array(LAYERS + 1);
  ends[0] = LAYER_AREA / Math.exp(-TAIL_START);
  ends[1] = TAIL_START;
  for (let k = 2; k < LAYERS; k++) ends[k] = -Math.log(LAYER_AREA / ends[k - 1]! + Math.exp(-ends[k - 1]!));
  ends[LAYERS] = 0;
  return ends;
}
