import { anytimeProbabilityInterval } from "@loadstar/stats";
import type { Collapse } from "./tipping.js";

/** How often runs of one load stay collapsed. */
export interface CollapseEstimate {
  readonly verdict: Collapse;
  readonly n_collapsed: number;
  readonly n_failed: number;
  /** Of the probability that a run stays collapsed; all of the search hold together. */
  readonly ci_low: number;
  readonly ci_high: number;
}

/** Runs of one load, and what came of them. */
export interface CollapseCounts {
  readonly replications: number;
  readonly n_collapsed: number;
  /** Those that did not complete: they count against either proof. */
  readonly n_failed: number;
}

/** A load collapses if more runs than this stay collapsed. */
const HALF = 0.5;

/** What some runs say of a load, at any look (`anytimeProbabilityInterval`). */
export function collapseEstimate(counts: CollapseCounts, confidence: number): CollapseEstimate {
  const { replications: trials, n_collapsed, n_failed } = counts;
  const { ci_low } = anytimeProbabilityInterval({ successes: n_collapsed, trials, confidence });
  const { ci_high } = anytimeProbabilityInterval({ successes: n_collapsed + n_failed, trials, confidence });
  return { verdict: verdictOf({ ci_low, ci_high }), n_collapsed, n_failed, ci_low, ci_high };
}

function verdictOf({ ci_low, ci_high }: Pick<CollapseEstimate, "ci_low" | "ci_high">): Collapse {
  if (ci_low > HALF) return "collapses";
  return ci_high < HALF ? "recovers" : "open";
}
