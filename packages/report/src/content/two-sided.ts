/** The two-sided confidence whose ends are one-sided bounds at `confidence`, without the dust of binary fractions. */
export function twoSided(confidence: number): number {
  return Number((2 * confidence - 1).toPrecision(12));
}
