/** A moment from which time is measured. */
export interface Started {
  /** What the clock on the wall said, for people [ms since 1970]. */
  readonly at_ms: number;
  /** On a clock that nobody sets, for differences [ms]. */
  readonly monotonic_ms: number;
}

/** The present moment. */
export function startNow(): Started {
  return { at_ms: Date.now(), monotonic_ms: performance.now() };
}

/** Time since then, which no change of the clock on the wall makes longer, shorter or negative [s]. */
export function secondsSince({ monotonic_ms }: Started): number {
  return (performance.now() - monotonic_ms) / 1000;
}
