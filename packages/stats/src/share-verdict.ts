import { isProvenRare, trialsToProve } from "./rarity-test.js";
import type { RarityTest } from "./rarity-test.js";
import type { ObjectiveOptions, ObjectiveVerdict } from "./objective.js";
import type { Sample } from "./sample.js";
import { shareCounts, shareFlags } from "./share-counts.js";
import { wilksSampleSize } from "./wilks-sample-size.js";

export interface ShareOptions extends ObjectiveOptions {
  readonly level: number;
  readonly n_failed: number;
}

/** What the verdicts on a probability and on a quantile have in common. */
export interface ShareVerdict extends Pick<
  ObjectiveVerdict,
  "verdict" | "confidence" | "n" | "n_failed" | "n_needed" | "flags"
> {
  /** Replications on the good side. */
  readonly good: number;
}

/**
 * Judges whether a share of at least `level` of all replications is on the good side. Breaches, the failed ones among
 * them, must be proven rare enough to pass; good ones, the failed ones among them, to fail.
 */
export function shareVerdict(sample: Sample, options: ShareOptions): ShareVerdict {
  const { level, confidence } = options;
  const counts = shareCounts(sample, options);
  const { n, n_failed, good } = counts;
  const trials = n + n_failed;
  const error = 1 - confidence;
  const breaches = { count: trials - good, trials, probability: 1 - level, error: error * (1 + ROUNDING) };
  // A bound that equals the level is not below it.
  const successes = { count: good + n_failed, trials, probability: level, error: error * (1 - ROUNDING) };
  // Below a confidence of 0.5 both can hold.
  const verdict = isProvenRare(breaches) ? "pass" : isProvenRare(successes) ? "fail" : "inconclusive";
  const n_needed = verdict === "inconclusive" ? neededFor(good / trials >= level ? breaches : successes) : 0;
  return {
    verdict,
    good,
    confidence,
    n,
    n_failed,
    n_needed,
    flags: shareFlags(counts, { sample, fewest: wilksSampleSize({ probability: level, confidence }) }),
  };
}

/** Room for rounding where the exact tail equals the error. */
const ROUNDING = 1e-12;

function neededFor(test: RarityTest): number {
  return test.trials === 0 ? NaN : trialsToProve(test) - test.trials;
}
