import { nextLook } from "@loadstar/stats";
import type { ChunkKeeper, PointRange } from "./chunks/chunk-keeper.js";
import type { ChunkOutcome, ChunkRuns, ChunkTask, FoldedChunk } from "./chunks/chunk.js";
import { unpackSummary } from "./chunks/packed-summary.js";
import { lookAtPoint, type PointLook } from "./look-at-point.js";
import { PointFold } from "./point-fold.js";
import type { ChunkRows, PointRules } from "./point-run.js";
import type { PointTables } from "./point-tables.js";
import { runPoints } from "./run-points.js";
import type { Study, StudyPoint } from "./study.js";

/** Where chunks come from. */
export interface FoldOptions {
  readonly keeper: ChunkKeeper;
  /** Runs chunks that are not on the disk. */
  readonly run: (tasks: readonly ChunkTask[]) => Promise<readonly ChunkOutcome[]>;
  /** Batches that should be under way at once. */
  readonly tasks: number;
  /** Starts nothing more once it is aborted. */
  readonly stop: AbortSignal;
  /** Positions of the points to fold, ascending; all by default. */
  readonly points?: readonly number[];
}

/** A point of which all is folded that there is. */
export interface FoldedPoint {
  readonly point_id: string;
  readonly replications: number;
  /** Its part of the tables. */
  readonly tables: () => PointTables;
  /** Arrays of which nobody reads a number any more when the tables are written. */
  readonly spent: readonly Float64Array[];
}

/**
 * What folding tells: chunks as they come, then rows and points in the order of the tables. The tables of a point are good until the next
 * event: their memory is used again.
 */
export type FoldEvent =
  | { readonly kind: "ran"; readonly chunk: ChunkRuns }
  | { readonly kind: "looked"; readonly look: PointLook }
  | { readonly kind: "rows"; readonly point: number; readonly rows: ChunkRows }
  | { readonly kind: "point"; readonly point: number; readonly folded: FoldedPoint };

/** Obtains the chunks of a study, folds each point and decides how many replications it gets. */
export async function* foldStudy(study: Study, options: FoldOptions): AsyncGenerator<FoldEvent> {
  const { keeper, run, tasks, stop } = options;
  const points = options.points ?? study.points.map((_, point) => point);
  const folds = new Map<number, FoldOfPoint>();
  // Of folds whose points were told.
  const rooms: Float64Array[] = [];
  const looks: PointLook[] = [];
  // A chunk that is all of a point, and will be, is folded by the thread that runs it. For a few points it is not worth loading estimators there.
  const { min, max } = study.replications;
  const isFoldedByThreads = ({ range }: PointRange): boolean =>
    points.length > tasks && min === max && range.first_replication === 0 && range.count === min;
  const placed = ({ point, range }: PointRange): PointRange => ({ point: points[point]!, range });
  const runner = {
    points: points.length,
    tasks,
    stop,
    open: (position: number): PointRules => {
      const point = points[position]!;
      const fold = new FoldOfPoint(study, study.points[point]!, rooms);
      folds.set(position, fold);
      return {
        cut: (range) => keeper.cut(point, range),
        fold: (chunk) => fold.add(chunk),
        wanted: (replications) => wanted(study, { replications, fold, looks }),
      };
    },
    share: (it: PointRange) => keeper.share(placed(it)),
    run: async (batch: readonly PointRange[]) =>
      await keeper.obtain(batch.map(placed), async (missing) => {
        return await run(
          missing.map((it) => (isFoldedByThreads(it) ? withFold(keeper.taskOf(it)) : keeper.taskOf(it))),
        );
      }),
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
      yield { kind: "point", point, folded: fold };
      fold.release();
    }
  }
}

function withFold(task: ChunkTask): ChunkTask {
  return { ...task, fold_as: task.plan_key };
}

/** The chunks of one point, folded here unless it is a single one that comes folded. */
class FoldOfPoint implements FoldedPoint {
  readonly #study: Study;
  readonly #point: StudyPoint;
  readonly #rooms: Float64Array[];
  #fold: PointFold | undefined;
  #folded: FoldedChunk | undefined;

  constructor(study: Study, point: StudyPoint, rooms: Float64Array[]) {
    this.#study = study;
    this.#point = point;
    this.#rooms = rooms;
  }

  add(chunk: ChunkOutcome): void {
    if ("tables" in chunk) this.#folded = chunk;
    else this.fold.add(chunk);
  }

  get fold(): PointFold {
    return (this.#fold ??= new PointFold(this.#study, this.#point, this.#rooms.pop()));
  }

  get point_id(): string {
    return this.#point.point_id;
  }

  get replications(): number {
    return this.#folded?.outcomes.length ?? this.fold.replications;
  }

  tables(): PointTables {
    if (this.#folded === undefined) return this.fold.tables();
    const { summary, tables } = this.#folded;
    return { ...tables, summary: unpackSummary(summary, this.point_id) };
  }

  get spent(): readonly Float64Array[] {
    return this.#folded === undefined ? this.fold.paths : [this.#folded.metrics];
  }

  /** Gives back the memory it was folded in. */
  release(): void {
    if (this.#fold !== undefined) this.#rooms.push(this.#fold.room);
  }
}

/** Replications that a point should have, now that it has so many. */
function wanted(
  study: Study,
  point: { readonly replications: number; readonly fold: FoldOfPoint; readonly looks: PointLook[] },
): number {
  const { min, max } = study.replications;
  if (point.replications === 0 || min === max) return min;
  const look = lookAtPoint(study.replications, study.objectives, point.fold.fold.outcome());
  point.looks.push(look);
  return look.unmet.length === 0 ? point.replications : nextLook(point.replications, { min, max });
}
