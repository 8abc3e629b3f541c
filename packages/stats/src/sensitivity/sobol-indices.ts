import { designMean } from "../design/design-mean.js";
import type { Estimate } from "../estimate.js";
import { moments } from "../moments.js";
import { requireFraction } from "../require-fraction.js";
import { requireWithin } from "../require-within.js";
import type { Sample } from "../sample.js";

export interface SobolIndicesOptions {
  /** Parameters of the design. */
  readonly dimensions: number;
  /** Independent randomisations of the design, >= 2. */
  readonly randomizations: number;
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
}

/** Which shares of the outcome's variance one factor is behind. */
export interface SobolIndex {
  /** Share that would go, on average, if this factor alone were known: in [0, 1], but for the error of the estimate. */
  readonly first: Estimate;
  /** Share that would stay, on average, if everything but this factor were known: at least `first`. */
  readonly total: Estimate;
}

/**
 * Returns the Sobol indices of every parameter, and last those of the seed, from the outcomes of the runs of
 * `sobolDesign` in their order. The total index of the seed is the share of the variance that is luck: E[Var(Y | all
 * parameters)] / Var(Y).
 *
 * With y centred at its mean over all A and B, and V the variance of y there:
 *
 * - first order: mean of y_B (y_ABi - y_A) / V (Saltelli et al. 2010, eq. b of table 2);
 * - total: mean of (y_A - y_ABi)^2 / (2 V) (Jansen 1999; eq. f of the same table).
 *
 * Means are over all rows; the error is what the randomisations differ by, linearised (delta method for a ratio), with
 * Student's t of R - 1 degrees: `randomizations_t`. The rows of one randomisation are not independent and give no error.
 *
 * | outcomes | result | flag |
 * | --- | --- | --- |
 * | one is NaN or infinite | all NaN | `undefined_values` |
 * | all A and B equal | all NaN | `no_variance` |
 * | a factor never changed the outcome | both indices 0, intervals of length 0 | `no_effect` |
 *
 * @throws RangeError unless 0 < confidence < 1, `dimensions` and `randomizations` are integers from 1 to 32 and 2 to
 * 1000, and there is one outcome for each run.
 */
export function sobolIndices(outcomes: Sample, options: SobolIndicesOptions): readonly SobolIndex[] {
  const { dimensions, randomizations, confidence } = options;
  requireFraction({ action: ACTION, name: "confidence", value: confidence });
  const rows = rowsOf(outcomes, options);
  const columns = dimensions + RUNS_BESIDE_FACTORS;
  const centre = meanOfBases(outcomes, { rows, columns });
  const at = (row: number, column: number): number => outcomes[row * columns + column] - centre;
  /** Of each randomisation. */
  const meansOf = (valueOf: (row: number) => number): Float64Array => {
    const size = rows / randomizations;
    return Float64Array.from({ length: randomizations }, (_, randomization) => {
      let total = 0;
      for (let row = 0; row < size; row++) total += valueOf(randomization * size + row);
      return total / size;
    });
  };
  const squares = meansOf((row) => (at(row, A) * at(row, A) + at(row, B) * at(row, B)) / 2);
  return Array.from({ length: dimensions + 1 }, (_, factor) => {
    const change = (row: number): number => at(row, FIRST_FACTOR + factor) - at(row, A);
    const first = meansOf((row) => at(row, B) * change(row));
    const total = meansOf((row) => (change(row) * change(row)) / 2);
    const isIdle = total.every((mean) => mean === 0);
    const share = (numerators: Float64Array, estimand: string): Estimate => {
      const found = shareOf(numerators, { squares, confidence });
      return { ...found, estimand, flags: isIdle && found.flags[0] === "zero_variance" ? ["no_effect"] : found.flags };
    };
    return { first: share(first, "sobol_first"), total: share(total, "sobol_total") };
  });
}

const ACTION = "estimate Sobol indices";

/** Columns of a row: A, B, one for each parameter, and one for the seed. */
const A = 0;
const B = 1;
const FIRST_FACTOR = 2;
const RUNS_BESIDE_FACTORS = 3;

function rowsOf(outcomes: Sample, { dimensions, randomizations }: SobolIndicesOptions): number {
  requireWithin({ action: ACTION, name: "dimensions", value: dimensions, low: 1, high: 32 });
  requireWithin({ action: ACTION, name: "randomizations", value: randomizations, low: 2, high: 1000 });
  const rows = outcomes.length / (dimensions + RUNS_BESIDE_FACTORS);
  if (rows >= randomizations && Number.isInteger(rows / randomizations)) return rows;
  const unit = randomizations * (dimensions + RUNS_BESIDE_FACTORS);
  throw new RangeError(
    `Cannot ${ACTION}: number of outcomes must be a multiple of ${unit}: current value is ${outcomes.length}`,
  );
}

/** NaN if any outcome is not finite, so that everything after it is. */
function meanOfBases(outcomes: Sample, { rows, columns }: { readonly rows: number; readonly columns: number }): number {
  for (let k = 0; k < outcomes.length; k++) if (!Number.isFinite(outcomes[k])) return NaN;
  return moments(Float64Array.from({ length: 2 * rows }, (_, k) => outcomes[(k >> 1) * columns + (k & 1)])).mean;
}

/** The ratio of two means over randomisations, with the error of its linearisation. */
function shareOf(
  numerators: Float64Array,
  { squares, confidence }: { readonly squares: Float64Array; readonly confidence: number },
): Estimate {
  const variance = moments(squares).mean;
  const share = moments(numerators).mean / variance;
  const linear = numerators.map((value, k) => share + (value - share * squares[k]) / variance);
  const found = designMean(linear, { confidence });
  if (Number.isNaN(variance)) return { ...found, flags: ["undefined_values"] };
  return variance === 0 ? { ...found, flags: ["no_variance"] } : found;
}
