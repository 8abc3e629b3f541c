import { SOURCE_CONSTANT, SOURCE_EXPONENTIAL, SOURCE_HOST, SOURCE_UNIFORM } from "../kernel/source-kind.js";
import type { Distribution } from "../random/distribution.js";
import { RandomStream } from "../random/random-stream.js";

/** The random streams of a plan; the kernel knows them by their positions. */
export class StreamSet {
  declare readonly streams: RandomStream[];

  constructor() {
    this.streams = [];
  }

  /** Adds a stream and gives its position. */
  add(component: string, purpose: string, distribution: Distribution): number {
    return this.streams.push(new RandomStream(component, purpose, distribution)) - 1;
  }

  /** How the kernel draws each stream by itself, if it can: three numbers a stream. */
  sources(): readonly number[] {
    return this.streams.flatMap(({ distribution }) => sourceOf(distribution));
  }
}

function sourceOf(distribution: Distribution): readonly number[] {
  switch (distribution.kind) {
    case "constant":
      return [SOURCE_CONSTANT, distribution.value, 0];
    case "uniform":
      return [SOURCE_UNIFORM, distribution.min, distribution.max - distribution.min];
    case "exponential":
      return [SOURCE_EXPONENTIAL, distribution.mean, 0];
    default:
      return [SOURCE_HOST, 0, 0];
  }
}
