/**
 * Moments of a time series over replications: counts, means, and sums of squared distances from the mean, each with one
 * value a cell, one after the other in one array. Hot: thousands of values a replication.
 */
export type SeriesMoments = Float64Array;

/** Length of the moments of a series of so many cells. */
export function momentsLength(cells: number): number {
  return 3 * cells;
}

/** Adds a path, which begins at position `at` and has one value a cell, NaN where the replication has none (Welford 1962). */
export function addPath(moments: SeriesMoments, path: Float64Array, at = 0): void {
  const cells = moments.length / 3;
  for (let cell = 0; cell < cells; cell++) {
    const value = path[at + cell]!;
    // Only NaN differs from itself.
    if (value !== value) continue;
    const count = moments[cell]! + 1;
    const distance = value - moments[cells + cell]!;
    moments[cell] = count;
    // Of short runs most values are the mean so far, 0: nothing is divided then, which takes the longest.
    if (distance === 0) continue;
    const mean = moments[cells + cell]! + distance / count;
    moments[cells + cell] = mean;
    moments[2 * cells + cell]! += distance * (value - mean);
  }
}

/** Adds the moments of further replications (Chan, Golub and LeVeque 1983, eq. 2.1). */
export function mergeMoments(into: SeriesMoments, from: SeriesMoments): void {
  const cells = into.length / 3;
  for (let cell = 0; cell < cells; cell++) {
    const added = from[cell]!;
    if (added === 0) continue;
    const before = into[cell]!;
    const count = before + added;
    const distance = from[cells + cell]! - into[cells + cell]!;
    into[cell] = count;
    // A first group is taken as it is: nothing is rounded where nothing is added.
    into[cells + cell] = before === 0 ? from[cells + cell]! : into[cells + cell]! + (distance * added) / count;
    into[2 * cells + cell]! +=
      from[2 * cells + cell]! + (before === 0 ? 0 : (distance * distance * before * added) / count);
  }
}
