import { requireCount } from "./require-count.js";
import { requireFraction } from "./require-fraction.js";
import { studentTQuantile } from "./student-t.js";

export interface SimultaneousBandOptions {
  /** Replications that have a value at this time point. */
  readonly n: number;
  /** Of their values, from any accumulator. */
  readonly mean: number;
  /** Unbiased variance of their values. */
  readonly variance: number;
  /** Nominal coverage of the whole band, range (0, 1). */
  readonly confidence: number;
  /** Time points of the band, >= 1. */
  readonly cells: number;
  /** From `supTCritical` of the whole path, at the same confidence. Without it, or where it is NaN: Bonferroni. */
  readonly critical?: number;
}

/** One time point of a band; both ends in the unit of the values. */
export interface BandCell {
  readonly low: number;
  readonly high: number;
  readonly method: "sup_t" | "bonferroni_t";
}

/**
 * Returns one time point of a band that is simultaneous: the true path of the mean lies inside at all `cells` points
 * together with `confidence`. Without that a reader who looks for a point outside will find one: 100 pointwise 95 %
 * intervals jointly cover 1 to 74 %. The half-width is a multiple of the standard error, the smaller one of
 *
 * - `bonferroni_t`: Student's t at confidence 1 - (1 - confidence) / cells (Dunn 1961). It needs only moments and covers at
 *   least `confidence` however the points depend on each other. The price is width where they depend strongly: 3.7 standard
 *   errors at 240 points and large n, where something between 2.0 and 3.7 would do;
 * - `sup_t`: c sqrt((n - 1) / (n - c^2)), c the `critical` value. Signs do not change a sum of squares, so the statistic
 *   with its own standard error is this function of the one without, and for normal values Student's t (Efron 1969). Where
 *   c^2 >= n there are too few values for it.
 *
 * Both suppose roughly normal means in each cell: heavily skewed values need more replications, and `sup_t` then covers
 * less, having no width to spare.
 *
 * Below two values, or where a moment is NaN, both ends are NaN.
 *
 * @throws RangeError unless 0 < confidence < 1, `n` is an integer >= 0, `cells` an integer >= 1, neither variance nor
 * `critical` < 0.
 */
export function simultaneousBand({
  n,
  mean,
  variance,
  confidence,
  cells,
  critical = NaN,
}: SimultaneousBandOptions): BandCell {
  const action = "compute band";
  requireFraction({ action, name: "confidence", value: confidence });
  requireCount({ action, name: "n", value: n });
  requireCount({ action, name: "cells", value: cells });
  if (cells === 0) throw new RangeError(`Cannot ${action}: cells must be >= 1: current value is 0`);
  if (variance < 0) throw new RangeError(`Cannot ${action}: variance must be >= 0: current value is ${variance}`);
  if (critical < 0) throw new RangeError(`Cannot ${action}: critical must be >= 0: current value is ${critical}`);
  if (n < 2) return { low: NaN, high: NaN, method: "bonferroni_t" };

  const bonferroni = -studentTQuantile({ probability: (1 - confidence) / (2 * cells), degrees: n - 1 });
  const supT = critical * critical < n ? critical * Math.sqrt((n - 1) / (n - critical * critical)) : Infinity;
  const reach = Math.min(bonferroni, supT) * Math.sqrt(variance / n);
  return { low: mean - reach, high: mean + reach, method: supT < bonferroni ? "sup_t" : "bonferroni_t" };
}
