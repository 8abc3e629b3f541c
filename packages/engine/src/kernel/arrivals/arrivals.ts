/** When a generator sends. */
export abstract class Arrivals {
  /** What the arrival that `next` gave last asks for, a position in the generator's mix; -1 when it is chosen by weight. */
  request: i32 = -1;

  abstract reset(): void;

  /** Time of the arrival that follows the one at `now` [s], 0 before the first; Infinity when there is none before the horizon. */
  abstract next(now: number): number;
}
