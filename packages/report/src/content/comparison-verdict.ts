import type { Verdict } from "@loadstar/stats";
import { formatQuantity } from "../quantity/format-quantity.js";
import { textCell, type ContentCell } from "./content-table.js";

/** Verdicts of a comparison, worst first, as they are counted. */
export const COMPARISON_ORDER: readonly string[] = [
  "worse",
  "better",
  "changed",
  "undecided",
  "equivalent",
  "identical",
];

/** Returns how a verdict of a comparison is drawn; undefined if it is neither good nor bad. */
export function comparisonVerdict(word: string): Verdict | undefined {
  return word === "worse" ? "fail" : word === "better" ? "pass" : undefined;
}

/** Returns the cell of a verdict of a comparison. */
export function comparisonCell(word: string): ContentCell {
  const verdict = comparisonVerdict(word);
  return verdict === undefined ? textCell(word) : { text: word, verdict };
}

/** Returns how often each verdict was given: `worse 3, better 1`. */
export function verdictCounts(rows: readonly { readonly verdict: string }[]): string {
  return COMPARISON_ORDER.map((word) => [word, rows.filter(({ verdict }) => verdict === word).length] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${word} ${formatQuantity(count, "1")}`)
    .join(", ");
}
