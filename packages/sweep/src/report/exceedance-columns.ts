/** The share of a sample above each of its values, with a confidence band. */
export interface ExceedanceColumns {
  /** The distinct values, rising. */
  readonly value: Float64Array;
  /** Share of the sample above the value, and its band, range [0, 1]. */
  readonly exceedance: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Returns the exceedance curve of a sample, without NaN, with the simultaneous band of half-width sqrt(ln(2 / a) / (2 n)), a being
 * 1 - confidence (Dvoretzky, Kiefer and Wolfowitz 1956, with the constant of Massart 1990).
 */
export function exceedanceColumns(
  sample: Float64Array,
  { confidence }: { readonly confidence: number },
): ExceedanceColumns {
  const sorted = sample.filter((value) => !Number.isNaN(value)).toSorted();
  const n = sorted.length;
  const reach = Math.sqrt(Math.log(2 / (1 - confidence)) / (2 * n));
  // The last of equal values knows how many are above all of them.
  const last = Array.from(sorted.keys()).filter((index) => sorted[index] !== sorted[index + 1]);
  const exceedance = Float64Array.from(last, (index) => (n - 1 - index) / n);
  return {
    value: Float64Array.from(last, (index) => sorted[index]!),
    exceedance,
    low: exceedance.map((share) => Math.max(0, share - reach)),
    high: exceedance.map((share) => Math.min(1, share + reach)),
  };
}
