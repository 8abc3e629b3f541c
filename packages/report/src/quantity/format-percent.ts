/** Returns a nominal coverage as people write it: `95 %`, `99.9 %`. */
export function formatPercent(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(6))} %`;
}
