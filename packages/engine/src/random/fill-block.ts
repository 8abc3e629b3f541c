import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Overwrites the whole block with variates drawn from the generator. */
export type FillBlock = (generator: RandomGenerator, block: Float64Array) => void;
