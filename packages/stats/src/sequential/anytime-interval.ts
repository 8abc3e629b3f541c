import { definedValues } from "../defined-values.js";
import { UNBOUNDED } from "../bounds-verdict.js";
import type { Bounds } from "../bounds-verdict.js";
import type { Estimate } from "../estimate.js";
import { isSkewed, skewedBounds } from "../mean-interval.js";
import { moments } from "../moments.js";
import type { Moments } from "../moments.js";
import { requireCount } from "../require-count.js";
import { requireFraction } from "../require-fraction.js";
import type { Sample } from "../sample.js";
import { twoSidedReach } from "./mean-sequence.js";
import { FIRST_LOOK } from "./next-look.js";

export interface AnytimeIntervalOptions {
  /** Nominal coverage of all looks together, range (0, 1). */
  readonly confidence: number;
  /** Replications below which nobody looks, an integer >= 2; the interval is unbounded there. Default 30. */
  readonly first_look?: number;
  /** Replications that produced no value, beside the NaN values of the sample. Default 0. */
  readonly n_failed?: number;
}

/**
 * Returns the mean of independent replications, given as values or as their moments, with an interval that may be looked at
 * as often as one likes: that all intervals from `first_look` on contain the mean has probability `confidence`
 * (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, "Time-uniform central limit theory and asymptotic confidence
 * sequences", theorem 2.2), method `asymptotic_confidence_sequence`. For live views; the last word has `meanInterval`, which
 * is shorter and holds for one look that was planned.
 *
 * It rests on the central limit theorem from the first look on. Where the sample is skewed, its ends are moved by the
 * transformation of Hall 1992, as those of `meanInterval` (`asymptotic_confidence_sequence_hall`): the difference vanishes with
 * n, and without it a lognormal is covered 5 points less than nominal (`SEQUENTIAL.md`).
 *
 * Unbounded, (-Infinity, +Infinity), below `first_look` (flag `not_estimable_needs_<n>`), for equal values
 * (`zero_variance`) and for infinite ones (`infinite_values`). NaN values are left out, counted in `n_failed` and flagged
 * `undefined_values`; no value gives NaN and `no_values`.
 *
 * @throws RangeError unless 0 < confidence < 1, `first_look` is an integer >= 2 and `n_failed` an integer >= 0.
 */
export function anytimeInterval(
  sample: Sample | MeanMoments,
  { confidence, first_look = FIRST_LOOK, n_failed = 0 }: AnytimeIntervalOptions,
): Estimate {
  const action = "estimate mean";
  requireFraction({ action, name: "confidence", value: confidence });
  requireCount({ action, name: "n_failed", value: n_failed });
  if (!Number.isSafeInteger(first_look) || first_look < 2) {
    throw new RangeError(`Cannot ${action}: first_look must be an integer >= 2: current value is ${first_look}`);
  }
  const found = "length" in sample ? moments(definedValues(sample)) : sample;
  const { n, mean, std } = found;
  const undefinedValues = "length" in sample ? sample.length - n : 0;
  const { low, high, method, flags } = anytimeBounds(found, {
    first_look,
    reach: twoSidedReach({ n, error: 1 - confidence, first_look }),
  });
  return {
    estimand: "mean",
    estimate: mean,
    std_error: std / Math.sqrt(n),
    ci_low: low,
    ci_high: high,
    confidence,
    method,
    n,
    n_failed: n_failed + undefinedValues,
    flags: [...(undefinedValues > 0 ? ["undefined_values"] : []), ...flags],
  };
}

/** The moments that the interval takes, such as `moments` gives; without a skewness it is symmetric. */
export interface MeanMoments extends Pick<Moments, "n" | "mean" | "std"> {
  readonly skewness?: number;
}

export interface AnytimeBounds extends Bounds {
  readonly method: string;
  /** Why the sample does not bound the mean at this look; empty if it does. */
  readonly flags: readonly string[];
}

/** Returns bounds that lie `reach` standard deviations from the mean, or as far as its skewness demands. */
export function anytimeBounds(
  { n, mean, std, skewness = NaN }: MeanMoments,
  { first_look, reach }: { readonly first_look: number; readonly reach: number },
): AnytimeBounds {
  const method = "asymptotic_confidence_sequence";
  const unbounded = (flag: string): AnytimeBounds => ({ ...UNBOUNDED, method, flags: [flag] });
  if (n === 0) return { low: NaN, high: NaN, method, flags: ["no_values"] };
  if (!Number.isFinite(mean) || std === Infinity) return unbounded("infinite_values");
  if (n < first_look) return unbounded(`not_estimable_needs_${first_look}`);
  if (!(std > 0)) return unbounded("zero_variance");
  if (!isSkewed({ n, skewness })) return { low: mean - std * reach, high: mean + std * reach, method, flags: [] };
  return { ...skewedBounds({ n, mean, std, skewness, reach }), method: `${method}_hall`, flags: [] };
}
