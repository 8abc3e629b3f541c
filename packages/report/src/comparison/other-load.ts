import { formatQuantity } from "../quantity/format-quantity.js";
import type { ComparisonTableRow } from "./render-comparison.js";

/** Why some differences are neither better nor worse; undefined where all loads are the same. */
export function otherLoadSentence(rows: readonly ComparisonTableRow[]): string | undefined {
  const count = rows.filter(({ follows_load, verdict }) => follows_load === true && verdict === "changed").length;
  if (count === 0) return undefined;
  const changed = count === 1 ? "1 comparison is" : `${formatQuantity(count, "1")} comparisons are`;
  return `Throughput and numbers of requests follow the offered load, which is another one: ${changed} called changed, neither better nor worse.`;
}
