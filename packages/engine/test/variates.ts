import type { Distribution } from "../src/index.js";
import { BLOCK_LENGTH } from "../src/kernel/stream.js";
import { RandomStream } from "../src/random/random-stream.js";

/** The variates of a stream one by one, as the kernel takes them. */
export class Variates {
  private readonly stream: RandomStream;
  private readonly block = new Float64Array(BLOCK_LENGTH);
  private position = BLOCK_LENGTH;

  constructor(component: string, purpose: string, distribution: Distribution) {
    this.stream = new RandomStream(component, purpose, distribution);
  }

  reset(seed: number, replication: number): void {
    this.stream.reset(seed, replication);
    this.position = BLOCK_LENGTH;
  }

  next(): number {
    if (this.position === BLOCK_LENGTH) {
      this.stream.fill(this.block);
      this.position = 0;
    }
    return this.block[this.position++]!;
  }
}
