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
  /** Of no difference, two-sided, by Student's t whatever the interval; range [0, 1]. NaN where not estimable. */
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
 * Where paired differences vary by no more than the rounding of the values (4 epsilon of the largest) there is no t:
 * `p_value` is that of the sign test (Arbuthnot 1710), 2^(1 - n) if all have one sign and 1 otherwise.
 *
 * NaN values are left out and counted in `n_failed`: in pairs, the pair.
 *
 * | samples | result | flag |
 * | --- | --- | --- |
 * | no pair, or no value on one side | all NaN | `no_values` |
 * | one pair, or one value on one side | the difference, interval and p NaN | `not_estimable_needs_2` |
 * | paired differences exactly 0; independent: one and the same value throughout | interval [0, 0], p 1 | `no_difference` |
 * | paired differences equal | an interval of length 0, p of the sign test | `zero_variance` |
 * | independent: equal values on each side, not the same | an interval of length 0, p NaN | `zero_variance` |
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

function pairedDifference(base: Sample, next: Sample, confidence: number): DifferenceEstimate {
  if (base.length !== next.length) {
    throw new RangeError(
      `Cannot ${ACTION}: paired samples must have the same length, ${base.length}: current value is ${next.length}`,
    );
  }
  const pairs = definedPairs(base, next);
  const baseMoments = moments(pairs.base);
  const nextMoments = moments(pairs.next);
  const found = withoutRounding(moments(pairs.differences), pairs);
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
    p_value:
      found.n > 1 && found.std === 0
        ? signTest(pairs.differences)
        : tTest({ estimate: found.mean, std_error, degrees: found.n - 1, n: found.n }),
    n: found.n,
    n_failed,
    correlation: correlationOf(pairs, baseMoments, nextMoments),
    variance_reduction,
    flags: [
      ...(found.n > 1 && pairs.differences.every((difference) => difference === 0) ? ["no_difference"] : flags),
      ...(variance_reduction < LOW_REDUCTION ? ["low_correlation"] : []),
    ],
  };
}

function independentDifference(base: Sample, next: Sample, confidence: number): DifferenceEstimate {
  const baseValues = definedValues(base);
  const nextValues = definedValues(next);
  const found = welch(moments(baseValues), moments(nextValues));
  const { n, std_error, estimate } = found;
  const { low, high, flags } = welchBounds({ ...found, confidence });
  const isSame = n > 1 && std_error === 0 && estimate === 0;
  const n_failed = base.length - baseValues.length + next.length - nextValues.length;
  return {
    estimate,
    std_error,
    ci_low: low,
    ci_high: high,
    confidence,
    method: "welch_t",
    p_value: isSame ? 1 : tTest(found),
    n,
    n_failed,
    correlation: NaN,
    variance_reduction: NaN,
    flags: isSame ? ["no_difference"] : flags,
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
function withoutRounding(found: Moments, { largest }: Pairs): Moments {
  const isRounding = largest < Infinity && found.std <= 4 * Number.EPSILON * largest;
  return isRounding ? { ...found, std: 0 } : found;
}

interface Welch {
  readonly n: number;
  readonly degrees: number;
  readonly std_error: number;
  readonly estimate: number;
}

function welch(base: Moments, next: Moments): Welch {
  const baseError = base.std / Math.sqrt(base.n);
  const nextError = next.std / Math.sqrt(next.n);
  const std_error = Math.hypot(baseError, nextError);
  const baseShare = square(baseError / std_error);
  const nextShare = square(nextError / std_error);
  return {
    n: Math.min(base.n, next.n),
    degrees: 1 / (square(baseShare) / (base.n - 1) + square(nextShare) / (next.n - 1)),
    std_error,
    estimate: next.mean - base.mean,
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

function tTest({ estimate, std_error, degrees, n }: Welch): number {
  if (n < 2 || !Number.isFinite(estimate) || !(std_error > 0 && std_error < Infinity)) return NaN;
  return 2 * studentTCdf({ t: -Math.abs(estimate / std_error), degrees });
}

/** Of differences that are equal but for rounding: by chance all have one sign with probability 2^(1 - n). */
function signTest(differences: Float64Array): number {
  const sign = Math.sign(differences[0]);
  const isOneSided = sign !== 0 && differences.every((difference) => Math.sign(difference) === sign);
  return isOneSided ? differences.reduce((p) => p / 2, 2) : 1;
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
