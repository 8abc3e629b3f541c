import { Part } from "../part.js";

/** When a generator sends. */
export abstract class Arrivals extends Part {
  /** The row of its trace that `next` gave last; -1 without a trace. */
  row: i32 = -1;

  /** Time of the arrival that follows the one at `now` [s], 0 before the first; Infinity when there is none before the horizon. */
  abstract next(now: number): number;
}
