import { FIRST_LOOK } from "./next-look.js";

/** A look at the mean of `n` values; `error` is allowed over all looks together, range (0, 1). */
export interface MeanLook {
  readonly n: number;
  readonly error: number;
  /** At which the bounds are as narrow as they can be. Default 30. */
  readonly first_look?: number;
}

/**
 * Returns how many standard deviations the two-sided bounds of a mean lie from it, at every look from `first_look` on: the
 * asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, theorem 2.2,
 * sqrt(2 (n r^2 + 1) / (n r)^2 ln(sqrt(n r^2 + 1) / error)).
 */
export function twoSidedReach({ n, error, first_look = FIRST_LOOK }: MeanLook): number {
  const spread = 1 + n * densityAt({ first_look, error });
  return Math.sqrt(((2 * spread) / (spread - 1) / n) * Math.log(Math.sqrt(spread) / error));
}

/**
 * Returns the same for one bound, which costs less: their proposition B.1,
 * sqrt(2 (n r^2 + 1) / (n r)^2 ln(1 + sqrt(n r^2 + 1) / (2 error))).
 */
export function oneSidedReach({ n, error, first_look = FIRST_LOOK }: MeanLook): number {
  const spread = 1 + n * densityAt({ first_look, error: Math.min(2 * error, MOST_ERROR) });
  return Math.sqrt(((2 * spread) / (spread - 1) / n) * Math.log1p(Math.sqrt(spread) / (2 * error)));
}

/** r^2, which makes the bounds narrowest at `first_look`, up to terms that do not matter: their appendix B.2. */
function densityAt({ first_look, error }: { first_look: number; error: number }): number {
  const twice = -2 * Math.log(error);
  return (twice + Math.log(twice) + 1) / first_look;
}

/** At larger errors the formula for r^2 fails. */
const MOST_ERROR = 0.5;
