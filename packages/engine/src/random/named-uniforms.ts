import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { streamKey, streamState } from "./stream-key.js";
import { uniform } from "./uniform.js";

/** Which stream of random numbers: its name, the root seed, an integer in [0, 2^53), and the replication, from 0. */
export interface StreamName {
  readonly component: string;
  readonly purpose: string;
  readonly seed: number;
  readonly replication: number;
}

/**
 * Gives the uniforms of a named stream, one at a call, in [0, 1) with 53 bits: for chance beside the simulator, such as
 * the points of a design. A stream without a component shares nothing with those of a run, whose components have names.
 */
export function namedUniforms({ component, purpose, seed, replication }: StreamName): () => number {
  const generator = xoroshiro128plusFromState(streamState(streamKey(component, purpose), seed, replication));
  return () => uniform(generator);
}
