import type { Duration } from "./distribution-mapping.js";
import type { Queue } from "./protection.js";

/** Equal units that steps hold, and how one waits for them; a number stands for the size alone. */
export interface Pool {
  readonly size: number;
  /** Who has waited this long for a unit fails, as timed out [s]; by default nobody. */
  readonly timeout_s?: Duration;
  /** By default as many wait as come, first in, first out. */
  readonly queue?: PoolQueue;
}

/** Who wait for a unit. Who finds it full is rejected. */
export type PoolQueue = Omit<Queue, "when_full" | "shed">;
