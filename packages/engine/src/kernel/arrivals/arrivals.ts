/** When a generator sends. */
export abstract class Arrivals {
  abstract reset(): void;

  /** Time of the arrival that follows the one at `now` [s], 0 before the first; Infinity when there is none before the horizon. */
  abstract next(now: number): number;
}
