import { binomialCdf } from "./binomial.js";
import { firstWhere } from "./first-where.js";
import { REPLICATIONS_LIMIT } from "./replications-limit.js";

/** Of an event that happened `count` times in `trials`. */
export interface RarityTest {
  readonly count: number;
  readonly trials: number;
  /** What is to be proven: that the event has at most this probability, range (0, 1). */
  readonly probability: number;
  /** Allowed probability of a false proof, range (0, 1). */
  readonly error: number;
}

/**
 * Returns whether so few events would be that improbable if the event had `probability`: exactly when the one-sided
 * upper bound of Clopper and Pearson 1934 at confidence 1 - error is not above it.
 */
export function isProvenRare({ count, trials, probability, error }: RarityTest): boolean {
  return binomialCdf({ successes: count, trials, probability }) <= error;
}

/**
 * Returns how many trials would prove it if events went on at the present ratio, their count rounded up; more than
 * `trials`, which must not prove it yet. NaN where `REPLICATIONS_LIMIT` would not.
 *
 * Rounding makes the answer jump to and fro from one number of trials to the next, so the rarer of the two outcomes is
 * counted up instead, each count with the trials that are best for it; of those the first is searched. Where
 * the ratio is very close to `probability`, rounding can still hide a slightly smaller answer.
 */
export function trialsToProve(test: RarityTest): number {
  const { count, trials } = test;
  const proves = (events: number, total: number): boolean => isProvenRare({ ...test, count: events, trials: total });
  if (count === 0) return firstWhere({ above: trials, limit: REPLICATIONS_LIMIT, holds: (total) => proves(0, total) });
  const limitOf = (part: number): number => Math.floor((REPLICATIONS_LIMIT * part) / trials);

  const others = trials - count;
  if (others < count) {
    const firstOf = (part: number): number => Math.ceil((part * trials) / others);
    const holds = (part: number): boolean => proves(firstOf(part) - part, firstOf(part));
    return firstOf(firstWhere({ above: others, limit: limitOf(others), holds }));
  }
  const lastOf = (events: number): number => Math.floor((events * trials) / count);
  const holds = (step: number): boolean => proves(step, lastOf(step));
  const events = firstWhere({ above: count, limit: limitOf(count), holds });
  return firstWhere({ above: lastOf(events - 1), limit: lastOf(events), holds: (total) => proves(events, total) });
}
