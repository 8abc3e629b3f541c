import type { FoldRules } from "../point-fold.js";
import type { ChunkTask, RunLimits } from "./chunk.js";

/** Chunks that cross to a worker thread together: alone, a short one would cost more on its way than its runs do. */
export interface Batch extends RunLimits {
  readonly tasks: readonly ChunkTask[];
  /** How those are folded that are all of their point. */
  readonly rules?: FoldRules | undefined;
}
