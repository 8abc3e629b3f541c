import type { ChunkResult } from "./chunks/chunk.js";
import { Arrivals } from "./arrivals.js";
import { PointRun, type ChunkRows, type PointRules } from "./point-run.js";
import type { ReplicationRange } from "./series/series-layout.js";

/** What runs the points of a study, and when it stops. */
export interface PointsRunner {
  readonly points: number;
  /** Chunks that should be under way at once. */
  readonly tasks: number;
  /** How a point is cut, folded and judged; called once for each point, in order. */
  readonly open: (point: number) => PointRules;
  readonly run: (point: number, range: ReplicationRange) => Promise<ChunkResult>;
  /** Starts nothing more once it is aborted. Chunks that fail after that are dropped. */
  readonly stop: AbortSignal;
}

/** What happens, in the order of the tables: chunks by point and replication, and each point after its chunks. */
export type PointsEvent =
  /** A chunk came back, in whatever order. */
  | { readonly kind: "ran"; readonly point: number; readonly chunk: ChunkResult }
  | { readonly kind: "folded"; readonly point: number; readonly rows: ChunkRows }
  /** `isComplete` unless the study was stopped. */
  | { readonly kind: "point"; readonly point: number; readonly isComplete: boolean };

/** Points whose chunks may be under way or waiting for an earlier point, for each chunk under way. */
const OPEN_POINTS_PER_TASK = 2;

/**
 * Runs points, several at once: while one waits for its last chunks, or for the decision whether it needs more
 * replications, threads turn to the next. What comes of it does not depend on the order in which chunks come back.
 */
export async function* runPoints(runner: PointsRunner): AsyncGenerator<PointsEvent> {
  const open: OpenPoint[] = [];
  const arrivals = new Arrivals<{ readonly point: number; readonly chunk: ChunkResult }>();
  let opened = 0;
  for (;;) {
    while (arrivals.expected < runner.tasks && !runner.stop.aborted) {
      const task = nextTask(open);
      if (task !== undefined) arrivals.expect(obtained(runner, task));
      else if (opened === runner.points || open.length >= OPEN_POINTS_PER_TASK * runner.tasks) break;
      else open.push({ point: opened, run: new PointRun(runner.open(opened++)), folded: [] });
    }
    if (arrivals.expected > 0) {
      const arrival = await arrivals.next();
      if ("error" in arrival) {
        if (!runner.stop.aborted) throw arrival.error;
      } else {
        const { point, chunk } = arrival.value;
        const owner = open.find((it) => it.point === point)!;
        owner.folded.push(...owner.run.add(chunk));
        yield { kind: "ran", point, chunk };
      }
    }
    const isEnd = arrivals.expected === 0 && runner.stop.aborted;
    yield* told(open, isEnd);
    if (isEnd || (open.length === 0 && opened === runner.points)) return;
  }
}

async function obtained(
  { run }: PointsRunner,
  { point, range }: PointTask,
): Promise<{ readonly point: number; readonly chunk: ChunkResult }> {
  return { point, chunk: await run(point, range) };
}

interface PointTask {
  readonly point: number;
  readonly range: ReplicationRange;
}

interface OpenPoint {
  readonly point: number;
  readonly run: PointRun;
  /** Folded, and not told yet because an earlier point is not complete. */
  readonly folded: ChunkRows[];
}

function nextTask(open: readonly OpenPoint[]): PointTask | undefined {
  for (const { point, run } of open) {
    const range = run.next();
    if (range !== undefined) return { point, range };
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
