import type { PointRange } from "./chunks/chunk-keeper.js";

/** Most chunks of a batch. */
const MOST_CHUNKS = 64;

export interface BatchOptions {
  /** How much of a usual chunk some replications are. */
  readonly share: (of: PointRange) => number;
  /** Batches that should be under way at once. */
  readonly tasks: number;
  /** Chunks that are left, as far as one knows: near the end batches are smaller, so that all threads have something to do. */
  readonly left: number;
}

/**
 * Takes chunks that go to a thread together: as many as are one of the usual size, for that is what is worth its way. `next` gives the next one,
 * undefined while there is none.
 */
export function takeBatch(
  next: () => PointRange | undefined,
  { share, tasks, left }: BatchOptions,
): readonly PointRange[] {
  const most = Math.min(MOST_CHUNKS, Math.ceil(left / tasks));
  const batch: PointRange[] = [];
  let work = 0;
  do {
    const chunk = next();
    if (chunk === undefined) break;
    batch.push(chunk);
    work += share(chunk);
  } while (work < 1 && batch.length < most);
  return batch;
}
