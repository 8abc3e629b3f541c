import { binomialCdf } from "./binomial.js";

/** Returns the largest rank whose order statistic is above the quantile with probability at most `error`; 0 if none. */
export function lowRank({
  n,
  probability,
  error,
}: {
  readonly n: number;
  readonly probability: number;
  readonly error: number;
}): number {
  let rank = 0;
  let tooHigh = n + 1;
  while (tooHigh - rank > 1) {
    const middle = Math.floor((rank + tooHigh) / 2);
    const miss = binomialCdf({ successes: middle - 1, trials: n, probability });
    if (miss <= error * ROUNDING) rank = middle;
    else tooHigh = middle;
  }
  return rank;
}

/** Room for rounding where the exact probability equals the error, as for n = 2, median, confidence 0.5. */
const ROUNDING = 1 + 1e-12;
