import type { Plan } from "./plan.js";
import { RandomStream } from "./random/random-stream.js";

/** A time in which the effects of a fault were in force. */
export interface FaultWindow {
  /** Of the fault. */
  readonly id: string;
  readonly start_s: number;
  /** At most the horizon; `start_s` for what is over at once. */
  readonly end_s: number;
}

/** Windows that are looked for, of all faults together: who draws them has seen enough. */
const MOST_WINDOWS = 100_000;

/** Variates drawn at a time; even, because normal variates come in pairs. */
const BLOCK_LENGTH = 64;

/**
 * When the faults of a plan began and ended in one replication: the same draws and sums as those of the run, so the same times to the last bit, without the
 * run. In the order of the plan's faults, and of time for each.
 */
export function faultWindows(plan: Plan, seed: number, replication: number): readonly FaultWindow[] {
  const windows: FaultWindow[] = [];
  for (const { id, time_to_failure_s, time_to_repair_s } of plan.faults ?? []) {
    const failure = drawing(new RandomStream(id, "time_to_failure", time_to_failure_s), seed, replication);
    const repair =
      time_to_repair_s === undefined
        ? undefined
        : drawing(new RandomStream(id, "time_to_repair", time_to_repair_s), seed, replication);
    for (let start_s = failure(); start_s < plan.horizon_s && windows.length < MOST_WINDOWS;) {
      const end_s = repair === undefined ? start_s : start_s + repair();
      // A repair that takes no time is no failure.
      if (repair === undefined || end_s > start_s) {
        windows.push({ id, start_s, end_s: Math.min(end_s, plan.horizon_s) });
      }
      start_s = end_s + failure();
    }
  }
  return windows;
}

/** The variates of a stream, one at a call. */
function drawing(stream: RandomStream, seed: number, replication: number): () => number {
  const block = new Float64Array(BLOCK_LENGTH);
  let used = BLOCK_LENGTH;
  const refill = (into: Float64Array): void => stream.fill(into);
  stream.reset(seed, replication);
  return () => {
    if (used === BLOCK_LENGTH) {
      refill(block);
      used = 0;
    }
    return block[used++]!;
  };
}
