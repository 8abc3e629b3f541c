import { nextLook } from "@loadstar/stats";
import type { ChunkResult } from "./chunks/chunk.js";
import type { ChunkKeeper } from "./chunks/chunk-keeper.js";
import { lookAtPoint, type PointLook } from "./look-at-point.js";
import { PointFold } from "./point-fold.js";
import type { ChunkRows, PointRules } from "./point-run.js";
import { runPoints } from "./run-points.js";
import type { ReplicationRange } from "./series/series-layout.js";
import type { Study } from "./study.js";

/** Where chunks come from. */
export interface FoldOptions {
  readonly keeper: ChunkKeeper;
  /** Runs a chunk that is not on the disk. */
  readonly run: (point: number, range: ReplicationRange) => Promise<ChunkResult>;
  /** Chunks that should be under way at once. */
  readonly tasks: number;
  /** Starts nothing more once it is aborted. */
  readonly stop: AbortSignal;
  /** Positions of the points to fold, ascending; all by default. */
  readonly points?: readonly number[];
}

/**
 * What folding tells: chunks as they come, then rows and points in the order of the tables. The fold of a point, and the series of its
 * tables, are good until the next event: its memory is used again.
 */
export type FoldEvent =
  | { readonly kind: "ran"; readonly chunk: ChunkResult }
  | { readonly kind: "looked"; readonly look: PointLook }
  | { readonly kind: "rows"; readonly point: number; readonly rows: ChunkRows }
  | { readonly kind: "point"; readonly point: number; readonly fold: PointFold; readonly isComplete: boolean };

/** Obtains the chunks of a study, folds each point and decides how many replications it gets. */
export async function* foldStudy(study: Study, options: FoldOptions): AsyncGenerator<FoldEvent> {
  const { keeper, run, tasks, stop } = options;
  const points = options.points ?? study.points.map((_, point) => point);
  const folds = new Map<number, PointFold>();
  // Of folds whose points were told.
  const rooms: Float64Array[] = [];
  const looks: PointLook[] = [];
  const runner = {
    points: points.length,
    tasks,
    stop,
    open: (position: number): PointRules => {
      const point = points[position]!;
      const fold = new PointFold(study, study.points[point]!, rooms.pop());
      folds.set(position, fold);
      return {
        cut: (range) => keeper.cut(point, range),
        fold: (chunk) => fold.add(chunk),
        wanted: (replications) => wanted(study, { replications, fold, looks }),
      };
    },
    run: async (position: number, range: ReplicationRange) => {
      const point = points[position]!;
      return await keeper.obtain(point, range, async () => await run(point, range));
    },
  };
  for await (const event of runPoints(runner)) {
    const point = points[event.point]!;
    if (event.kind === "ran") {
      yield { kind: "ran", chunk: event.chunk };
      for (const look of looks.splice(0)) yield { kind: "looked", look };
    } else if (event.kind === "folded") yield { kind: "rows", point, rows: event.rows };
    else {
      const fold = folds.get(event.point)!;
      folds.delete(event.point);
      keeper.release(point);
      yield { kind: "point", point, fold, isComplete: event.isComplete };
      rooms.push(fold.room);
    }
  }
}

/** Replications that a point should have, now that it has so many. */
function wanted(
  study: Study,
  point: { readonly replications: number; readonly fold: PointFold; readonly looks: PointLook[] },
): number {
  const { min, max } = study.replications;
  if (point.replications === 0 || min === max) return min;
  const look = lookAtPoint(study.replications, study.objectives, point.fold.outcome());
  point.looks.push(look);
  return look.unmet.length === 0 ? point.replications : nextLook(point.replications, { min, max });
}
