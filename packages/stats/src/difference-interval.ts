import { meanBounds } from "./mean-interval.js";
import type { MeanBounds } from "./mean-interval.js";
import { moments } from "./moments.js";
import type { Moments } from "./moments.js";
import { definedValues } from "./defined-values.js";
import { requireFraction } from "./require-fraction.js";
import type { Sample } from "./sample.js";
import { studentTCdf, studentTQuantile } from "./student-t.js";

export interface DifferenceOptions {
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
  /** Whether `base[i]` and `next[i]` are the same replication, with common random numbers. */
  readonly paired: boolean;
}

/** What changed from one set of replications to another. */
export interface DifferenceEstimate {
  /** Mean of next - mean of base, in the unit of the samples. NaN where not estimable. */
  readonly estimate: number;
  readonly std_error: number;
  /** -Infinity and +Infinity beside infinite values; NaN where not estimable. */
  readonly ci_low: number;
  readonly ci_high: number;
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
  readonly method: "paired_t" | "paired_hall" | "welch_t";
  /** Of no difference, two-sided, by Student's t whatever the method; range [0, 1]. NaN where not estimable. */
  readonly p_value: number;
  /** Pairs, or values of the smaller sample. */
  readonly n: number;
  /** Replications without a value on either side: NaN counts once in a pair, else in each sample. */
  readonly n_failed: number;
  /** Pearson's, of the pairs, range [-1, 1]. NaN when independent, or where a side does not vary. */
  readonly correlation: number;
  /**
   * Variance that independent samples of this size would give over the one at hand: (var(base) + var(next)) / var(d).
   * +Infinity where only the differences do not vary; NaN when independent, or where nothing varies.
   */
  readonly variance_reduction: number;
  /** Remarks for the reader, such as `low_correlation`; may be empty. */
  readonly flags: readonly string[];
}

/**
 * Returns by how much the mean of `next` is above the mean of `base`, with a two-sided interval; both in the unit of the
 * samples.
 *
 * - paired: d = next - base, pair by pair, through `meanInterval`: `paired_t` (Student's t), or `paired_hall` where the
 *   differences are skewed (Hall 1992). Pairs with a NaN on either side are left out. `p_value` is that of t = mean /
 *   std_error with n - 1 degrees also beside `paired_hall`, so there it can disagree with the interval about 0.
 * - independent: `welch_t`, Student's t with the degrees of Satterthwaite 1946, eq. 17 (Welch 1947).
 *
 * Differences that vary by no more than the rounding of the values (4 epsilon of the largest) are taken as equal, and as
 * 0 if they are no larger than that.
 *
 * | samples | result | flag |
 * | --- | --- | --- |
 * | NaN among the values | left out, counted in `n_failed` | `undefined_values` |
 * | no pair, or no value on one side | all NaN | `no_values`, `not_estimable_needs_2` |
 * | one pair, or one value on one side | the difference, interval and p NaN | `not_estimable_needs_2` |
 * | differences all 0; independent: equal values, the same on both sides | interval [0, 0], p 1 | `no_difference` |
 * | differences all equal, not 0; independent: equal values on each side | an interval of length 0, p NaN; 0 from n = 30 | `zero_variance` |
 * | a value, sum or difference is infinite | interval (-Infinity, +Infinity), p NaN | `infinite_values` |
 * | paired, variance reduction below 1.2 | as it is: the pairs share too little | `low_correlation` |
 *
 * @throws RangeError unless 0 < confidence < 1 and, if paired, both samples have the same length.
 */
export function differenceInterval(base: Sample, next: Sample, options: DifferenceOptions): DifferenceEstimate {
  requireFraction({ action: ACTION, name: "confidence", value: options.confidence });
  return options.paired
    ? pairedDifference(base, next, options.confidence)
    : independentDifference(base, next, options.confidence);
}

const ACTION = "estimate difference";

/** Below this variance reduction the pairing is hardly worth its name. */
const LOW_REDUCTION = 1.2;

/**
 * Fewer equal differences than this have no p-value: without variance there is no t, and the sign test, which needs
 * none, is at 2^(1 - n) = 2e-9 here. `mean-verdict.ts` takes equal values at their word from the same number on.
 */
const FEWEST_EQUAL = 30;

function pairedDifference(base: Sample, next: Sample, confidence: number): DifferenceEstimate {
  if (base.length !== next.length) {
    throw new RangeError(
      `Cannot ${ACTION}: paired samples must have the same length, ${base.length}: current value is ${next.length}`,
    );
  }
  const pairs = definedPairs(base, next);
  const baseMoments = moments(pairs.base);
  const nextMoments = moments(pairs.next);
  const found = withoutRounding(moments(pairs.differences), pairs.largest);
  const { low, high, method, flags } = meanBounds(found, confidence);
  const std_error = found.std / Math.sqrt(found.n);
  const n_failed = base.length - found.n;
  const variance_reduction =
    found.std === Infinity ? NaN : square(baseMoments.std / found.std) + square(nextMoments.std / found.std);
  return {
    estimate: found.mean,
    std_error,
    ci_low: low,
    ci_high: high,
    confidence,
    method: method === "hall" ? "paired_hall" : "paired_t",
    p_value: pValue({ estimate: found.mean, std_error, degrees: found.n - 1, n: found.n }),
    n: found.n,
    n_failed,
    correlation: correlationOf(pairs, baseMoments, nextMoments),
    variance_reduction,
    flags: [
      ...flagsOf({ flags, estimate: found.mean, n: found.n, n_failed }),
      ...(variance_reduction < LOW_REDUCTION ? ["low_correlation"] : []),
    ],
  };
}

function independentDifference(base: Sample, next: Sample, confidence: number): DifferenceEstimate {
  const baseValues = definedValues(base);
  const nextValues = definedValues(next);
  const { n, degrees, std_error, estimate } = welch(
    moments(baseValues),
    moments(nextValues),
    largestOf(baseValues, nextValues),
  );
  const { low, high, flags } = welchBounds({ n, degrees, std_error, estimate, confidence });
  const n_failed = base.length - baseValues.length + next.length - nextValues.length;
  return {
    estimate,
    std_error,
    ci_low: low,
    ci_high: high,
    confidence,
    method: "welch_t",
    p_value: pValue({ estimate, std_error, degrees, n }),
    n,
    n_failed,
    correlation: NaN,
    variance_reduction: NaN,
    flags: flagsOf({ flags, estimate, n, n_failed }),
  };
}

interface Pairs {
  readonly base: Float64Array;
  readonly next: Float64Array;
  readonly differences: Float64Array;
  /** Of all values, in size. */
  readonly largest: number;
}

/** The pairs without NaN. A difference of two infinite values is NaN and stays. */
function definedPairs(base: Sample, next: Sample): Pairs {
  const kept = Array.from({ length: base.length }, (_, i) => i).filter(
    (i) => !Number.isNaN(base[i]) && !Number.isNaN(next[i]),
  );
  const baseValues = Float64Array.from(kept, (i) => base[i]);
  const nextValues = Float64Array.from(kept, (i) => next[i]);
  return {
    base: baseValues,
    next: nextValues,
    differences: nextValues.map((value, i) => value - baseValues[i]),
    largest: largestOf(baseValues, nextValues),
  };
}

function largestOf(base: Float64Array, next: Float64Array): number {
  const larger = (largest: number, value: number): number => Math.max(largest, Math.abs(value));
  return next.reduce(larger, base.reduce(larger, 0));
}

/** 1.1 - 1 and 2.1 - 2 differ in their last digits: taken as a spread, that would make any difference significant. */
function withoutRounding<Found extends { readonly mean: number; readonly std: number }>(
  found: Found,
  largest: number,
): Found {
  const rounding = 4 * Number.EPSILON * largest;
  if (!(largest < Infinity && found.std <= rounding)) return found;
  return { ...found, std: 0, mean: Math.abs(found.mean) <= rounding ? 0 : found.mean };
}

interface Welch {
  readonly n: number;
  readonly degrees: number;
  readonly std_error: number;
  readonly estimate: number;
}

function welch(base: Moments, next: Moments, largest: number): Welch {
  const baseError = base.std / Math.sqrt(base.n);
  const nextError = next.std / Math.sqrt(next.n);
  const found = withoutRounding({ mean: next.mean - base.mean, std: Math.hypot(baseError, nextError) }, largest);
  const baseShare = square(baseError / found.std);
  const nextShare = square(nextError / found.std);
  return {
    n: Math.min(base.n, next.n),
    degrees: 1 / (square(baseShare) / (base.n - 1) + square(nextShare) / (next.n - 1)),
    std_error: found.std,
    estimate: found.mean,
  };
}

type Bounds = Omit<MeanBounds, "method">;

function welchBounds({ n, degrees, std_error, estimate, confidence }: Welch & { confidence: number }): Bounds {
  if (n === 0) return { low: NaN, high: NaN, flags: ["no_values"] };
  if (!Number.isFinite(estimate)) return { low: -Infinity, high: Infinity, flags: ["infinite_values"] };
  if (n === 1) return { low: NaN, high: NaN, flags: ["not_estimable_needs_2"] };
  if (!Number.isFinite(std_error)) return { low: -Infinity, high: Infinity, flags: ["infinite_values"] };
  if (std_error === 0) return { low: estimate, high: estimate, flags: ["zero_variance"] };
  const reach = -studentTQuantile({ probability: (1 - confidence) / 2, degrees }) * std_error;
  return { low: estimate - reach, high: estimate + reach, flags: [] };
}

function pValue({ estimate, std_error, degrees, n }: Welch): number {
  if (n < 2 || !Number.isFinite(estimate) || !Number.isFinite(std_error)) return NaN;
  if (std_error > 0) return 2 * studentTCdf({ t: -Math.abs(estimate / std_error), degrees });
  if (estimate === 0) return 1;
  return n < FEWEST_EQUAL ? NaN : 0;
}

function flagsOf({
  flags,
  estimate,
  n,
  n_failed,
}: {
  flags: readonly string[];
  estimate: number;
  n: number;
  n_failed: number;
}): string[] {
  const named = flags.map((flag) => (flag === "zero_variance" && estimate === 0 ? "no_difference" : flag));
  return [...(n_failed > 0 ? ["undefined_values"] : []), ...named, ...(n === 0 ? ["not_estimable_needs_2"] : [])];
}

function correlationOf(pairs: Pairs, base: Moments, next: Moments): number {
  let products = 0;
  for (let i = 0; i < base.n; i++) {
    products += ((pairs.base[i] - base.mean) / base.std) * ((pairs.next[i] - next.mean) / next.std);
  }
  return Math.max(-1, Math.min(1, products / (base.n - 1)));
}

function square(x: number): number {
  return x * x;
}
