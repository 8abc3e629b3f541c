import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * A uniform double in [0, 1) with 53 bits. It drops the lowest bits of each word, which are the weak ones of
 * xoroshiro128+; pure-rand's own `uniformFloat64` keeps them and drops the strong ones.
 */
export function uniform(generator: RandomGenerator): number {
  const high = generator.next() >>> 6;
  const low = generator.next() >>> 5;
  return high * 1.4901161193847656e-8 + low * 1.1102230246251565e-16;
}

/** A uniform double in (0, 1]: safe under a logarithm. */
export function positiveUniform(generator: RandomGenerator): number {
  return 1 - uniform(generator);
}
