import { firstWhere } from "../first-where.js";
import type { ObjectiveVerdict } from "../objective.js";
import { REPLICATIONS_LIMIT } from "../replications-limit.js";
import type { RequiredObjective } from "../require-objective.js";
import type { Sample } from "../sample.js";
import { shareCounts, shareFlags } from "../share-counts.js";
import type { ShareVerdict } from "../share-verdict.js";
import { PROBABILITY_SEQUENCE } from "./anytime-probability-interval.js";
import { evidenceForMore } from "./binomial-evidence.js";

/** `shareVerdict` by evidence that counts at all looks together: each error is at most 1 - confidence over all of them. */
export function anytimeShare(
  sample: Sample,
  options: RequiredObjective,
): ShareVerdict & Pick<ObjectiveVerdict, "method"> {
  const { level, confidence } = options;
  const counts = shareCounts(sample, options);
  const { n, n_failed, good } = counts;
  const trials = n + n_failed;
  const error = 1 - confidence;
  const pass = { successes: good, trials, probability: level, error };
  const fail = { successes: n - good, trials, probability: 1 - level, error };
  const verdict = isProven(pass) ? "pass" : isProven(fail) ? "fail" : "inconclusive";
  return {
    verdict,
    good,
    confidence,
    method: PROBABILITY_SEQUENCE,
    n,
    n_failed,
    n_needed: verdict === "inconclusive" ? neededFor(good >= trials * level ? pass : fail) : 0,
    flags: shareFlags(counts, { sample, fewest: fewestToPass({ level, error }) }),
  };
}

/** That `successes` come with more than `probability`, up to `error`. */
export interface ShareClaim {
  readonly successes: number;
  readonly trials: number;
  readonly probability: number;
  readonly error: number;
}

/** Returns whether the evidence for the claim is enough, however often it is asked. */
export function isProven({ error, ...counts }: ShareClaim): boolean {
  return evidenceForMore(counts) * error >= 1;
}

/** How many more trials of the same ratio would prove the claim. */
function neededFor(claim: ShareClaim): number {
  const { successes, trials } = claim;
  if (trials === 0) return NaN;
  const holds = (total: number): boolean =>
    isProven({ ...claim, trials: total, successes: (successes * total) / trials });
  return firstWhere({ above: trials, limit: REPLICATIONS_LIMIT, holds }) - trials;
}

function fewestToPass({ level, error }: { level: number; error: number }): number {
  const holds = (trials: number): boolean => isProven({ successes: trials, trials, probability: level, error });
  return firstWhere({ above: 0, limit: REPLICATIONS_LIMIT, holds });
}
