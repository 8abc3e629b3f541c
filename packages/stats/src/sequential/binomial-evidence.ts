import { betaPower } from "../special/beta-power.js";
import { betaTails } from "../special/incomplete-beta.js";

/** Counts, which need not be integers, against a probability of success in (0, 1). */
export interface BinomialEvidence {
  readonly successes: number;
  readonly trials: number;
  readonly probability: number;
}

/**
 * Returns the evidence against one probability of success: the likelihood of the trials, averaged over the prior
 * Beta(1/2, 1/2), divided by their likelihood under `probability`. If that is the true one, the evidence is a martingale
 * from 1, so the chance that it ever reaches 1 / a, at whatever look, is at most a (Ville 1939; Robbins 1970, section 3; the
 * beta-binomial mixture of Howard, Ramdas, McAuliffe and Sekhon 2021, section 3.1). Range [0, +Infinity].
 */
export function evidenceAgainst({ successes, trials, probability }: BinomialEvidence): number {
  const x = probability;
  const y = 1 - probability;
  const prior = betaPower({ a: SHAPE, b: SHAPE, x, y });
  return prior / betaPower({ a: SHAPE + successes, b: SHAPE + trials - successes, x, y });
}

/**
 * Returns the evidence against every probability of success up to `probability`: as `evidenceAgainst`, with the prior
 * restricted to what lies above. Under a smaller probability each ratio of likelihoods that is averaged shrinks on the
 * whole, so the evidence is a supermartingale there and the same bound holds. Range [0, +Infinity]; 0 stands for all that is
 * at most 1, where the share of successes is not above `probability`.
 */
export function evidenceForMore(counts: BinomialEvidence): number {
  const { successes, trials, probability } = counts;
  if (successes <= trials * probability) return 0;
  const x = probability;
  const y = 1 - probability;
  const prior = betaTails({ a: SHAPE, b: SHAPE, x, y }).upper;
  const above = betaTails({ a: SHAPE + successes, b: SHAPE + trials - successes, x, y }).upper;
  return evidenceAgainst(counts) * (above / prior);
}

/** Of the prior on either side, after Jeffreys: much weight near 0 and 1, where probabilities of breaking lie. */
const SHAPE = 0.5;
