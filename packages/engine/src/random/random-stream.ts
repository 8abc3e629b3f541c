import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Distribution } from "./distribution.js";
import type { FillBlock } from "./fill-block.js";
import { fillerOf } from "./filler-of.js";
import { streamKey, streamState, type StreamKey } from "./stream-key.js";

/**
 * One named stream of variates of one distribution. It serves one purpose only, so that drawing a whole block ahead
 * disturbs nothing.
 */
export class RandomStream {
  declare readonly distribution: Distribution;
  declare private readonly key: StreamKey;
  declare private readonly filler: FillBlock;
  declare private generator: RandomGenerator;

  constructor(component: string, purpose: string, distribution: Distribution) {
    this.distribution = distribution;
    this.key = streamKey(component, purpose);
    this.filler = fillerOf(distribution);
    this.generator = xoroshiro128plusFromState([1, 2, 3, 4]);
  }

  /** Starts the stream of this replication of this root seed and gives the four words of the generator's state. */
  reset(seed: number, replication: number): readonly number[] {
    const state = streamState(this.key, seed, replication);
    this.generator = xoroshiro128plusFromState(state);
    return state;
  }

  /** Overwrites the block, whose length is even, with the variates that come next. */
  fill(block: Float64Array): void {
    this.filler(this.generator, block);
  }
}
