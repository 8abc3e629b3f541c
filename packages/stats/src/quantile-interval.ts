import type { Estimate } from "./estimate.js";
import { orderStatisticRanks } from "./order-statistic-ranks.js";
import type { OrderStatisticRanks } from "./order-statistic-ranks.js";
import { requireCount } from "./require-count.js";
import type { Sample } from "./sample.js";
import { sortedQuantile } from "./sorted-quantile.js";
import { sortedValues } from "./sorted-values.js";
import { wilksSampleSize } from "./wilks-sample-size.js";

export interface QuantileIntervalOptions {
  /** Of the quantile, range (0, 1). */
  readonly probability: number;
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
  /** Replications that produced no value, beside the NaN values of the sample. Default 0. */
  readonly n_failed?: number;
}

/**
 * Returns a quantile of one number per replication, with the interval between two order statistics: exact for every
 * distribution, never below the nominal coverage (see `orderStatisticRanks`). The estimate is `sortedQuantile`; the
 * interval is widened to it in the rare case (n probability < 1, or its mirror) that it lies outside. Not for requests
 * pooled over replications: those are not independent.
 *
 * `std_error` is NaN: it needs the density, which this method does without. A side that no order statistic bounds is
 * -Infinity or +Infinity and flagged `ci_low_unbounded_needs_<n>` or `ci_high_unbounded_needs_<n>` with the fewest
 * values that would bound it. NaN values are left out, counted in `n_failed` and flagged `undefined_values`; infinite
 * values take part in the order and are flagged `infinite_values`. With no value at all everything is NaN, `no_values`.
 *
 * @throws RangeError unless probability and confidence are in (0, 1) and `n_failed` is an integer >= 0.
 */
export function quantileInterval(
  sample: Sample,
  { probability, confidence, n_failed = 0 }: QuantileIntervalOptions,
): Estimate {
  requireCount({ action: "estimate quantile", name: "n_failed", value: n_failed });
  const sorted = sortedValues(sample);
  const n = sorted.length;
  const estimate = sortedQuantile(sorted, probability);
  const ranks = orderStatisticRanks({ n, probability, confidence });
  const low = ranks.low_rank < 1 ? -Infinity : sorted[ranks.low_rank - 1];
  const high = ranks.high_rank > n ? Infinity : sorted[ranks.high_rank - 1];
  return {
    estimand: `quantile_${probability}`,
    estimate,
    std_error: NaN,
    ci_low: n === 0 ? NaN : estimate < low ? estimate : low,
    ci_high: n === 0 ? NaN : estimate > high ? estimate : high,
    confidence,
    method: "order_statistics",
    n,
    n_failed: n_failed + sample.length - n,
    flags: [
      ...(n < sample.length ? ["undefined_values"] : []),
      ...(n === 0 ? ["no_values"] : flagsOf({ sorted, ranks, probability, confidence })),
    ],
  };
}

interface Choice {
  readonly sorted: Float64Array;
  readonly ranks: OrderStatisticRanks;
  readonly probability: number;
  readonly confidence: number;
}

function flagsOf({ sorted, ranks, probability, confidence }: Choice): string[] {
  const n = sorted.length;
  const oneSided = (1 + confidence) / 2;
  const flags: string[] = [];
  if (sorted[0] === -Infinity || sorted[n - 1] === Infinity) flags.push("infinite_values");
  if (ranks.low_rank < 1) {
    flags.push(`ci_low_unbounded_needs_${wilksSampleSize({ probability: 1 - probability, confidence: oneSided })}`);
  }
  if (ranks.high_rank > n) {
    flags.push(`ci_high_unbounded_needs_${wilksSampleSize({ probability, confidence: oneSided })}`);
  }
  return flags;
}
