import { binomialCdf } from "./binomial.js";
import { lowRank } from "./low-rank.js";
import { remembered } from "./remembered.js";
import { requireCount } from "./require-count.js";
import { requireFraction } from "./require-fraction.js";

export interface OrderStatisticRanksOptions {
  /** Sample size. */
  readonly n: number;
  /** Of the quantile, range (0, 1). */
  readonly probability: number;
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
}

/** Ranks from 1 to n; `low_rank` 0 and `high_rank` n + 1 say that the sample does not bound that side. */
export interface OrderStatisticRanks {
  readonly low_rank: number;
  readonly high_rank: number;
  /** Exact probability that a continuous sample's interval covers the quantile; at least the nominal coverage. */
  readonly coverage: number;
}

/**
 * Returns the ranks of the two order statistics that enclose a quantile, whatever the distribution (Thompson 1936;
 * David and Nagaraja 2003, section 7.1): the number of values below the quantile is binomial, so each side is the
 * innermost rank that errs with probability at most (1 - confidence) / 2, exactly.
 *
 * @throws RangeError unless `n` is an integer >= 0 and the two fractions are in (0, 1).
 */
export function orderStatisticRanks({ n, probability, confidence }: OrderStatisticRanksOptions): OrderStatisticRanks {
  const action = "choose order statistics";
  requireCount({ action, name: "n", value: n });
  requireFraction({ action, name: "probability", value: probability });
  requireFraction({ action, name: "confidence", value: confidence });
  return ranksOf(n, probability, confidence);
}

const ranksOf = remembered((n: number, probability: number, confidence: number): OrderStatisticRanks => {
  const error = (1 - confidence) / 2;
  const low_rank = lowRank({ n, probability, error });
  // Read from the largest value down, the upper side is the lower side of the complementary quantile.
  const high_rank = n + 1 - lowRank({ n, probability: 1 - probability, error });
  const coverage =
    binomialCdf({ successes: high_rank - 1, trials: n, probability }) -
    binomialCdf({ successes: low_rank - 1, trials: n, probability });
  return { low_rank, high_rank, coverage };
});
