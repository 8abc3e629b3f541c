const UNIT_OF_WORD: readonly (readonly [RegExp, string])[] = [
  [/_mb_per_s(_|$)/, "MB/s"],
  [/_per_s(_|$)/, "1/s"],
  [/_mb(_|$)/, "MB"],
  [/_ratio(_|$)/, "ratio"],
  [/_usd(_|$)/, "USD"],
  [/_s(_|$)/, "s"],
];

/** The unit that a metric's name says; tables of series and histograms name no other. */
export function unitOfName(metric: string): string {
  const quantity = metric.slice(metric.lastIndexOf(".") + 1);
  return UNIT_OF_WORD.find(([word]) => word.test(quantity))?.[1] ?? "1";
}
