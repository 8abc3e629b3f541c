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
}

/**
 * Returns one time point of a band that is simultaneous: the true path of the mean lies inside at all `cells` points
 * together with at least `confidence`, by Student's t at confidence 1 - (1 - confidence) / cells (Bonferroni; Dunn
 * 1961). One can be computed point by point, needs only moments, and holds however the points depend on each other.
 *
 * Without that correction a reader who looks for a point outside will find one: 100 pointwise 95 % intervals jointly
 * cover 1 to 74 %. The price is width where the points depend strongly: at 240 points and large n the band reaches 3.7
 * standard errors, where something between 2.0 and 3.7 would do. Each point is a plain `student_t`, so heavily skewed
 * values need more replications.
 *
 * Below two values, or where a moment is NaN, both ends are NaN.
 *
 * @throws RangeError unless 0 < confidence < 1, `n` is an integer >= 0, `cells` an integer >= 1 and variance not < 0.
 */
export function simultaneousBand({ n, mean, variance, confidence, cells }: SimultaneousBandOptions): {
  readonly low: number;
  readonly high: number;
} {
  const action = "compute band";
  requireFraction({ action, name: "confidence", value: confidence });
  requireCount({ action, name: "n", value: n });
  requireCount({ action, name: "cells", value: cells });
  if (cells === 0) throw new RangeError(`Cannot ${action}: cells must be >= 1: current value is 0`);
  if (variance < 0) throw new RangeError(`Cannot ${action}: variance must be >= 0: current value is ${variance}`);
  if (n < 2) return { low: NaN, high: NaN };

  const beyond = (1 - confidence) / (2 * cells);
  const reach = -studentTQuantile({ probability: beyond, degrees: n - 1 }) * Math.sqrt(variance / n);
  return { low: mean - reach, high: mean + reach };
}
