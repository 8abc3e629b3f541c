import type { Deviations } from "./largest-signed-sums.js";

/**
 * Returns the deviations of `paths` (one value a cell, equal lengths) from the mean of each cell, divided by the root of
 * their sum of squares; 0 for NaN. Cells whose sum of squares is 0 or infinite are left out.
 */
export function scaledDeviations(paths: readonly Float64Array[]): Deviations {
  const means = meansOf(paths);
  const squares = squaresAround(paths, means);
  const kept = Array.from(squares.keys()).filter((cell) => squares[cell] > 0 && squares[cell] < Infinity);
  const cells = kept.length;
  const values = new Float64Array(paths.length * cells);
  for (const [row, path] of paths.entries()) {
    for (let k = 0; k < cells; k++) {
      const cell = kept[k];
      const deviation = path[cell] - means[cell];
      if (!Number.isNaN(deviation)) values[row * cells + k] = deviation / Math.sqrt(squares[cell]);
    }
  }
  return { rows: paths.length, cells, values };
}

/** Of each cell, as distances from its first value: the mean of equal values is then that value, without rounding. */
function meansOf(paths: readonly Float64Array[]): Float64Array {
  const firsts = new Float64Array(paths.length === 0 ? 0 : paths[0].length).fill(NaN);
  const counts = new Float64Array(firsts.length);
  const distances = new Float64Array(firsts.length);
  for (const path of paths) {
    for (let cell = 0; cell < path.length; cell++) {
      const value = path[cell];
      if (Number.isNaN(value)) continue;
      if (counts[cell] === 0) firsts[cell] = value;
      counts[cell]++;
      distances[cell] += value - firsts[cell];
    }
  }
  return firsts.map((first, cell) => first + distances[cell] / counts[cell]);
}

function squaresAround(paths: readonly Float64Array[], means: Float64Array): Float64Array {
  const squares = new Float64Array(means.length);
  for (const path of paths) {
    for (let cell = 0; cell < path.length; cell++) {
      const deviation = path[cell] - means[cell];
      if (!Number.isNaN(path[cell])) squares[cell] += deviation * deviation;
    }
  }
  return squares;
}
