import type { Estimate } from "../estimate.js";
import { proportionEstimate, requireProportion } from "../proportion-interval.js";
import type { ProportionIntervalOptions } from "../proportion-interval.js";
import { evidenceAgainst } from "./binomial-evidence.js";
import { lastWhere } from "./last-where.js";

/**
 * Returns a probability with an interval that may be looked at after every replication: that all of them contain it has
 * probability at least `confidence`, whatever the truth and without any approximation. It holds the probabilities against
 * which the evidence of the mixture over Beta(1/2, 1/2) stays below 1 / (1 - confidence) (Robbins 1970; Howard, Ramdas,
 * McAuliffe and Sekhon 2021), method `beta_binomial_confidence_sequence`.
 *
 * `std_error` and an absence of trials are as in `wilsonInterval`.
 *
 * @throws RangeError unless 0 < confidence < 1 and the counts are integers >= 0 with successes <= trials.
 */
export function anytimeProbabilityInterval(options: ProportionIntervalOptions): Estimate {
  requireProportion(options);
  const { successes, trials, confidence } = options;
  const ratio = successes / trials;
  const holds = (probability: number): boolean =>
    evidenceAgainst({ successes, trials, probability }) * (1 - confidence) < 1;
  return proportionEstimate(options, {
    method: PROBABILITY_SEQUENCE,
    low: successes === 0 ? 0 : lastWhere({ holds_at: ratio, until: 0, holds }),
    high: successes === trials ? 1 : lastWhere({ holds_at: ratio, until: 1, holds }),
  });
}

/** The method of `anytimeProbabilityInterval`. */
export const PROBABILITY_SEQUENCE = "beta_binomial_confidence_sequence";
