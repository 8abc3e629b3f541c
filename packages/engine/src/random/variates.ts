import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Distribution } from "./distribution.js";
import type { FillBlock } from "./fill-block.js";
import { fillerOf } from "./filler-of.js";
import { streamKey, streamState, type StreamKey } from "./stream-key.js";

/** Variates drawn at a time. Even, because normal variates come in pairs. */
const BLOCK_LENGTH = 64;

/**
 * One named stream of variates of one distribution. Hot: `next` is a bounds check and a read; a block of variates is
 * drawn when the last is used up, the first not before it is asked for. A stream serves one purpose only, so drawing
 * ahead disturbs nothing.
 */
export class Variates {
  declare private readonly key: StreamKey;
  declare private readonly fill: FillBlock;
  declare private readonly block: Float64Array;
  declare private generator: RandomGenerator;
  declare private position: number;

  constructor(component: string, purpose: string, distribution: Distribution) {
    this.key = streamKey(component, purpose);
    this.fill = fillerOf(distribution);
    this.block = new Float64Array(BLOCK_LENGTH);
    this.generator = xoroshiro128plusFromState([1, 2, 3, 4]);
    this.position = BLOCK_LENGTH;
  }

  /** Starts the stream of this replication of this root seed. */
  reset(seed: number, replication: number): void {
    this.generator = xoroshiro128plusFromState(streamState(this.key, seed, replication));
    this.position = BLOCK_LENGTH;
  }

  next(): number {
    if (this.position === BLOCK_LENGTH) {
      this.fill(this.generator, this.block);
      this.position = 0;
    }
    return this.block[this.position++]!;
  }
}
