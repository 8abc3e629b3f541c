import type { SeriesFold } from "./series-fold.js";
import { seriesLayout } from "./series-layout.js";
import { addPath, momentsLength } from "./series-moments.js";

/** The time series of a chunk, as `seriesLayout` cuts it. */
export interface SeriesPieces {
  /** Replications of `paths` segments x series x cells, row by row; NaN for a replication that did not complete. */
  readonly paths: Float64Array;
  /** `group` segments x series x moments. */
  readonly groups: Float64Array;
}

/** Which replications a chunk has, and the size of what it records of each. */
export interface PiecesShape {
  readonly first_replication: number;
  readonly count: number;
  readonly series: number;
  readonly cells: number;
}

/** How many numbers the pieces of a chunk are. */
export function piecesLengths(shape: PiecesShape): { readonly paths: number; readonly groups: number } {
  let paths = 0;
  let groups = 0;
  for (const { kind, count } of seriesLayout(shape)) {
    if (kind === "paths") paths += count;
    else groups++;
  }
  return { paths: paths * shape.series * shape.cells, groups: groups * shape.series * momentsLength(shape.cells) };
}

/** Empty pieces: paths are NaN, groups are of no replication. They stand in `room`, which has at least as many numbers. */
export function emptyPieces(shape: PiecesShape, room?: Float64Array): SeriesPieces {
  const { paths, groups } = piecesLengths(shape);
  const numbers = room ?? new Float64Array(paths + groups);
  return {
    paths: numbers.subarray(0, paths).fill(Number.NaN),
    groups: numbers.subarray(paths, paths + groups).fill(0),
  };
}

/** Takes the series of one replication after the other and fills the pieces of a chunk. */
export class PiecesFiller {
  readonly #shape: PiecesShape;
  readonly #pieces: SeriesPieces;
  /** For each replication: where its path goes, or the moments it is added to, as -1 - position. */
  readonly #places: Int32Array;

  /** `pieces` are empty ones. */
  constructor(shape: PiecesShape, pieces: SeriesPieces = emptyPieces(shape)) {
    this.#shape = shape;
    this.#pieces = pieces;
    this.#places = placesOf(shape);
  }

  /** Takes from all paths of a run, one after the other, those at the positions `columns`. They are copied. */
  add(row: number, run: Float64Array, columns: Int32Array): void {
    const { series, cells } = this.#shape;
    const { paths, groups } = this.#pieces;
    const length = momentsLength(cells);
    const place = this.#places[row]!;
    if (place >= 0 && run.length === series * cells && columns.every((position, column) => position === column)) {
      paths.set(run, place);
      return;
    }
    for (let column = 0; column < series; column++) {
      const at = columns[column]! * cells;
      if (place >= 0) paths.set(run.subarray(at, at + cells), place + column * cells);
      else {
        const from = -1 - place + column * length;
        addPath(groups.subarray(from, from + length), run, at);
      }
    }
  }

  pieces(): SeriesPieces {
    return this.#pieces;
  }
}

/** Adds the pieces of a chunk to the folds of its series. */
export function foldPieces(
  folds: readonly SeriesFold[],
  {
    pieces,
    shape,
    isCompleted,
  }: { readonly pieces: SeriesPieces; readonly shape: PiecesShape; readonly isCompleted: (row: number) => boolean },
): void {
  const { series, cells } = shape;
  const length = momentsLength(cells);
  const places = placesOf(shape);
  for (const segment of seriesLayout(shape)) {
    const first = segment.first_replication - shape.first_replication;
    if (segment.kind === "group") {
      const from = -1 - places[first]!;
      for (let column = 0; column < series; column++) {
        folds[column]!.addGroup(pieces.groups.subarray(from + column * length, from + (column + 1) * length));
      }
      continue;
    }
    for (let row = first; row < first + segment.count; row++) {
      for (let column = 0; column < series; column++) {
        const path = isCompleted(row) ? pieces.paths : undefined;
        folds[column]!.add(shape.first_replication + row, path, places[row]! + column * cells);
      }
    }
  }
}

/** For each replication of a chunk: the position of its first path, or -1 - the position of the moments of its group. */
function placesOf(shape: PiecesShape): Int32Array {
  const places = new Int32Array(shape.count);
  let paths = 0;
  let groups = 0;
  for (const { kind, first_replication, count } of seriesLayout(shape)) {
    for (let k = 0; k < count; k++) {
      const row = first_replication - shape.first_replication + k;
      places[row] = kind === "group" ? -1 - groups : paths;
      if (kind === "paths") paths += shape.series * shape.cells;
    }
    if (kind === "group") groups += shape.series * momentsLength(shape.cells);
  }
  return places;
}
