import { differenceInterval, type DifferenceEstimate } from "../difference-interval.js";
import { meanInterval } from "../mean-interval.js";
import type { Estimate } from "../estimate.js";
import type { Sample } from "../sample.js";

/** Outcomes with one factor at its low and at its high value, all others at their base: one for each replication. */
export interface TornadoFactor {
  readonly name: string;
  readonly low: Sample;
  readonly high: Sample;
}

/** What one factor does by itself, in the unit of the outcome. */
export interface TornadoBar {
  readonly name: string;
  /** Of the low value over the base. */
  readonly low: DifferenceEstimate;
  /** Of the high value over the base. */
  readonly high: DifferenceEstimate;
  /** Of the high value over the low one. */
  readonly swing: DifferenceEstimate;
}

/** One-at-a-time changes around a base, longest bar first. */
export interface Tornado {
  /** Mean outcome at the base. */
  readonly base: Estimate;
  readonly bars: readonly TornadoBar[];
}

/**
 * Returns how far the mean outcome goes from its base when one factor at a time takes its low and its high value, sorted by
 * the span of the three means, longest first (Eschenbach 1992, "Spiderplots versus tornado diagrams"). The k-th values of
 * all samples are the same replication, with common random numbers: differences are paired (`differenceInterval`).
 *
 * Each interval holds by itself; what several factors do together is not seen: see `sobolIndices`.
 *
 * @throws RangeError unless 0 < confidence < 1 and all samples have the same length.
 */
export function tornado({
  base,
  factors,
  confidence,
}: {
  readonly base: Sample;
  readonly factors: readonly TornadoFactor[];
  readonly confidence: number;
}): Tornado {
  const options = { confidence, paired: true };
  const bars = factors.map(({ name, low, high }) => ({
    name,
    low: differenceInterval(base, low, options),
    high: differenceInterval(base, high, options),
    swing: differenceInterval(low, high, options),
  }));
  return { base: meanInterval(base, { confidence }), bars: bars.toSorted((one, other) => span(other) - span(one)) };
}

/** From the lowest of the three means to the highest; 0 where one is not known, so that it stands last. */
function span({ low, high }: TornadoBar): number {
  const length = Math.max(0, low.estimate, high.estimate) - Math.min(0, low.estimate, high.estimate);
  return Number.isNaN(length) ? 0 : length;
}
