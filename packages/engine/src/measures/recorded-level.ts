import type { NumberReader } from "../platform/number-reader.js";

/** A level over the counted time; the series covers the whole run. */
export interface RecordedLevel {
  /** Integral over time. */
  readonly area: number;
  readonly maximum: number;
  /** Averages of the closed cells and values at their ends; good as long as what was saved. */
  readonly cellMeans: Float64Array;
  readonly cellEnds: Float64Array;
}

/** Reads what `Level.save` wrote. */
export function readLevel(saved: NumberReader, closedCells: number): RecordedLevel {
  return {
    area: saved.number(),
    maximum: saved.number(),
    cellMeans: saved.view(closedCells),
    cellEnds: saved.view(closedCells),
  };
}
