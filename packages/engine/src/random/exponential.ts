import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { positiveUniform, uniform } from "./uniform.js";

const LAYERS = 256;

/** Where the tail begins, and the area of each layer, for 256 layers (Marsaglia and Tsang 2000, section 2). */
const TAIL_START = 7.697_117_470_131_05;
const LAYER_AREA = 0.003_949_659_822_581_572;

/** Positions in a layer: 50 bits. */
const POSITIONS = 1_125_899_906_842_624;

/** Right ends of the layers, from the lowest; layer 0 is as wide as a rectangle of its area would be. */
const RIGHT = rightEnds();
/** exp(-RIGHT), and 1 at the top. */
const HEIGHT = RIGHT.map((x) => Math.exp(-x));
/** Width of a position in each layer, and the first position that may lie outside: not below the right end of the layer above. */
const SCALE = RIGHT.subarray(0, LAYERS).map((x) => x / POSITIONS);
const EDGE = SCALE.map((scale, layer) => edgeOf(scale, RIGHT[layer + 1]!));

/** The tables as the kernel reads them: of each layer the width of a position and its edge, 257 heights, and where the tail begins. */
export const ZIGGURAT: Float64Array = Float64Array.of(...SCALE, ...EDGE, ...HEIGHT, TAIL_START);

/**
 * A standard exponential variate by the ziggurat (Marsaglia and Tsang 2000). The layer comes from the high bits of one
 * word and the position from another word and lower bits: shared bits would make neighbouring values depend on their
 * layer.
 */
export function nextExponential(generator: RandomGenerator): number {
  for (;;) {
    const word = generator.next();
    const layer = word >>> 24;
    const position = (generator.next() >>> 5) * 0x80_0000 + ((word >>> 1) & 0x7f_ffff);
    const x = position * SCALE[layer]!;
    if (position < EDGE[layer]!) return x;
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

/** The first position whose product with the width of one, as it is rounded, is not below `right`. */
function edgeOf(scale: number, right: number): number {
  let edge = Math.ceil(right / scale);
  while (edge > 0 && (edge - 1) * scale >= right) edge--;
  while (edge * scale < right) edge++;
  return edge;
}
