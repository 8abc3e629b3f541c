/**
 * Returns the adjusted p-values of Holm 1979 ("A simple sequentially rejective multiple test procedure"), in the order
 * given, range [0, 1]: rejecting where the adjusted one is at most a errs anywhere with probability at most a, however
 * the comparisons depend on each other. The k-th smallest of m is max over j <= k of min(1, (m - j + 1) p_j).
 *
 * NaN stays NaN and counts for nothing: m is the number of the others.
 *
 * @throws RangeError unless every value is NaN or in [0, 1].
 */
export function holmAdjusted(pValues: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  const ranked: number[] = [];
  for (let i = 0; i < pValues.length; i++) {
    const value = pValues[i];
    if (Number.isNaN(value)) continue;
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(`Cannot adjust p-values: values.${i} must be >= 0 and <= 1: current value is ${value}`);
    }
    ranked.push(i);
  }
  ranked.sort((one, other) => pValues[one] - pValues[other]);

  let largest = 0;
  ranked.forEach((index, k) => {
    largest = Math.max(largest, Math.min(1, (ranked.length - k) * pValues[index]));
    adjusted[index] = largest;
  });
  return adjusted;
}
