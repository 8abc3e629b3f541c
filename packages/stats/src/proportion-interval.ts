import { clopperPearsonLow } from "./clopper-pearson-low.js";
import type { Estimate } from "./estimate.js";
import { normalQuantile } from "./normal-quantile.js";
import { requireCount } from "./require-count.js";
import { requireFraction } from "./require-fraction.js";

export interface ProportionIntervalOptions {
  /** Replications in which the event happened, range [0, trials]. */
  readonly successes: number;
  /** Replications that say whether it happened. */
  readonly trials: number;
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
  /** Replications that do not say; they are reported and not counted as trials. Default 0. */
  readonly n_failed?: number;
}

/**
 * Returns a probability with its two-sided score interval (Wilson 1927; Brown, Cai and DasGupta 2001, section
 * 3.1): covers about the nominal share on average over probabilities. For display; a verdict takes `clopperPearsonInterval`.
 *
 * `std_error` is the plain sqrt(p (1 - p) / trials), 0 at 0 and at all: never build an interval from it. Without trials
 * everything is NaN and flagged `no_values`.
 *
 * @throws RangeError unless 0 < confidence < 1 and the counts are integers >= 0 with successes <= trials.
 */
export function wilsonInterval(options: ProportionIntervalOptions): Estimate {
  requireProportion(options);
  const { successes, trials, confidence } = options;
  const z = -normalQuantile((1 - confidence) / 2);
  return proportionEstimate(options, {
    method: "wilson",
    low: wilsonLow({ successes, trials, z }),
    high: 1 - wilsonLow({ successes: trials - successes, trials, z }),
  });
}

/**
 * Returns a probability with its two-sided exact interval (Clopper and Pearson 1934), by beta quantiles: each side errs
 * with probability at most (1 - confidence) / 2 whatever the truth, so it is longer than Wilson's. A one-sided bound at
 * confidence c is the matching end at confidence 2 c - 1.
 *
 * `std_error` and an absence of trials are as in `wilsonInterval`.
 *
 * @throws RangeError unless 0 < confidence < 1 and the counts are integers >= 0 with successes <= trials.
 */
export function clopperPearsonInterval(options: ProportionIntervalOptions): Estimate {
  requireProportion(options);
  const { successes, trials, confidence } = options;
  const error = (1 - confidence) / 2;
  return proportionEstimate(options, {
    method: "clopper_pearson",
    low: clopperPearsonLow({ successes, trials, error }),
    high: 1 - clopperPearsonLow({ successes: trials - successes, trials, error }),
  });
}

/** @throws RangeError as `wilsonInterval` says. */
export function requireProportion({ successes, trials, confidence, n_failed = 0 }: ProportionIntervalOptions): void {
  const action = "estimate probability";
  requireFraction({ action, name: "confidence", value: confidence });
  requireCount({ action, name: "n_failed", value: n_failed });
  requireCount({ action, name: "trials", value: trials });
  requireCount({ action, name: "successes", value: successes });
  if (successes <= trials) return;
  throw new RangeError(`Cannot ${action}: successes must be <= trials (${trials}): current value is ${successes}`);
}

/**
 * Returns the lower end of `wilsonInterval`, the smaller root of
 * (trials + z^2) p^2 - (2 successes + z^2) p + successes^2 / trials, free of cancellation. Needs no integers.
 */
export function wilsonLow({
  successes,
  trials,
  z,
}: {
  readonly successes: number;
  readonly trials: number;
  readonly z: number;
}): number {
  const ratio = successes / trials;
  const root = z * Math.sqrt(4 * successes * (1 - ratio) + z * z);
  return (2 * successes * ratio) / (2 * successes + z * z + root);
}

interface Interval {
  readonly method: string;
  readonly low: number;
  readonly high: number;
}

/** Returns the ratio with an interval made from the same counts. */
export function proportionEstimate(
  { successes, trials, confidence, n_failed = 0 }: ProportionIntervalOptions,
  { method, low, high }: Interval,
): Estimate {
  const ratio = successes / trials;
  return {
    estimand: "probability",
    estimate: ratio,
    std_error: Math.sqrt((ratio * (1 - ratio)) / trials),
    ci_low: trials === 0 ? NaN : low,
    ci_high: trials === 0 ? NaN : high,
    confidence,
    method,
    n: trials,
    n_failed,
    flags: trials === 0 ? ["no_values"] : [],
  };
}
