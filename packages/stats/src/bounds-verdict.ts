import type { ObjectiveOptions, Verdict } from "./objective.js";

/** One-sided bounds of one number. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The bounds of what could be anything. */
export const UNBOUNDED: Bounds = { low: -Infinity, high: Infinity };

/** Returns on which side of the limit bounds say that a mean is; a mean on the limit is on the bad side. */
export function boundsVerdict(
  { low, high }: Bounds,
  { side, limit }: Pick<ObjectiveOptions, "side" | "limit">,
): Verdict {
  if (side === "below" ? high < limit : low > limit) return "pass";
  return (side === "below" ? low >= limit : high <= limit) ? "fail" : "inconclusive";
}
