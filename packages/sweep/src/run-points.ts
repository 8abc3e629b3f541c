import type { ChunkOutcome } from "./chunks/chunk.js";
import type { PointRange } from "./chunks/chunk-keeper.js";
import { Arrivals } from "./arrivals.js";
import { takeBatch } from "./take-batch.js";
import { PointRun, type ChunkRows, type PointRules } from "./point-run.js";

/** What runs the points of a study, and when it stops. */
export interface PointsRunner {
  readonly points: number;
  /** Batches that should be under way at once. */
  readonly tasks: number;
  /** How a point is cut, folded and judged; called once for each point, in order. */
  readonly open: (point: number) => PointRules;
  /** How much of a usual chunk some replications of a point are. */
  readonly share: (of: PointRange) => number;
  /** Runs chunks together, and gives them in the same order. */
  readonly run: (batch: readonly PointRange[]) => Promise<readonly ChunkOutcome[]>;
  /** Starts nothing more once it is aborted. Chunks that fail after that are dropped. */
  readonly stop: AbortSignal;
}

/** What happens, in the order of the tables: chunks by point and replication, and each point after its chunks. */
export type PointsEvent =
  /** A chunk came back, in whatever order. */
  | { readonly kind: "ran"; readonly point: number; readonly chunk: ChunkOutcome }
  | { readonly kind: "folded"; readonly point: number; readonly rows: ChunkRows }
  /** `isComplete` unless the study was stopped. */
  | { readonly kind: "point"; readonly point: number; readonly isComplete: boolean };

/** Work that may be under way or waiting for an earlier point, for each batch under way: in chunks of the usual size. */
const OPEN_PER_TASK = 2;

/**
 * Runs points, several at once: while one waits for its last chunks, or for the decision whether it needs more
 * replications, threads turn to the next. What comes of it does not depend on the order in which chunks come back.
 */
export async function* runPoints(runner: PointsRunner): AsyncGenerator<PointsEvent> {
  const open: OpenPoint[] = [];
  const arrivals = new Arrivals<readonly Came[]>();
  let opened = 0;
  const next = (): PointRange | undefined => {
    let task = nextTask(open);
    while (task === undefined && opened < runner.points && workOf(open) < OPEN_PER_TASK * runner.tasks) {
      open.push({ point: opened, run: new PointRun(runner.open(opened++)), folded: [], work: 0 });
      task = nextTask(open);
    }
    if (task === undefined) return undefined;
    task.owner.work = Math.min(1, task.owner.work + runner.share(task));
    return task;
  };
  for (;;) {
    while (arrivals.expected < runner.tasks && !runner.stop.aborted) {
      const batch = takeBatch(next, { ...runner, left: runner.points - opened });
      if (batch.length === 0) break;
      arrivals.expect(obtained(runner, batch));
    }
    if (arrivals.expected > 0) {
      const arrival = await arrivals.next();
      if ("error" in arrival) {
        if (!runner.stop.aborted) throw arrival.error;
      } else {
        for (const { point, chunk } of arrival.value) {
          const owner = open.find((it) => it.point === point)!;
          owner.folded.push(...owner.run.add(chunk));
          yield { kind: "ran", point, chunk };
        }
      }
    }
    const isEnd = arrivals.expected === 0 && runner.stop.aborted;
    yield* told(open, isEnd);
    if (isEnd || (open.length === 0 && opened === runner.points)) return;
  }
}

interface Came {
  readonly point: number;
  readonly chunk: ChunkOutcome;
}

async function obtained({ run }: PointsRunner, batch: readonly PointRange[]): Promise<readonly Came[]> {
  const chunks = await run(batch);
  return batch.map(({ point }, position) => ({ point, chunk: chunks[position]! }));
}

interface OpenPoint {
  readonly point: number;
  readonly run: PointRun;
  /** Folded, and not told yet because an earlier point is not complete. */
  readonly folded: ChunkRows[];
  /** What of it was handed out, at most 1: in chunks of the usual size. */
  work: number;
}

function workOf(open: readonly OpenPoint[]): number {
  return open.reduce((sum, { work }) => sum + work, 0);
}

function nextTask(open: readonly OpenPoint[]): (PointRange & { readonly owner: OpenPoint }) | undefined {
  for (const owner of open) {
    const range = owner.run.next();
    if (range !== undefined) return { point: owner.point, range, owner };
  }
  return undefined;
}

/** Tells what the first open points have, up to one that is not complete; all of them at the end. */
function* told(open: OpenPoint[], isEnd: boolean): Generator<PointsEvent> {
  for (let first = open[0]; first !== undefined; first = open[0]) {
    const { point, run, folded } = first;
    for (const rows of folded.splice(0)) yield { kind: "folded", point, rows };
    if (!run.isComplete && !isEnd) return;
    yield { kind: "point", point, isComplete: run.isComplete };
    open.shift();
  }
}
