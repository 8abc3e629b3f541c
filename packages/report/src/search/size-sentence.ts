import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { visibleText } from "../text/visible-text.js";
import type { SizeTrial } from "./render-size.js";

/** What a search found. */
export type SizeAnswer =
  | {
      readonly kind: "found";
      readonly want: "largest" | "smallest";
      readonly value: number;
      readonly open_value: number | undefined;
    }
  | { readonly kind: "none"; readonly verdict: "fail" | "inconclusive" }
  | { readonly kind: "both_ends" };

/** Returns the answer of a search in one sentence or two, and how sure it is. */
export function sizeSentence(
  answer: SizeAnswer,
  {
    find,
    low,
    high,
    objectives,
    trials,
  }: {
    /** Name of the searched value. */
    readonly find: string;
    /** The range. */
    readonly low: number;
    readonly high: number;
    /** What is demanded, in words, with the confidence of each. */
    readonly objectives: readonly { readonly objective: string; readonly confidence: number }[];
    readonly trials: readonly SizeTrial[];
  },
): string {
  const range = `${low}..${high}`;
  const demand = visibleText(objectives.map(({ objective }) => objective).join(" and "));
  const name = visibleText(find);
  if (answer.kind === "both_ends") return `Met at both ends of ${range}: ${demand}`;
  if (answer.kind === "none") {
    const open = trials.filter(({ verdict }) => verdict === "inconclusive");
    if (answer.verdict === "fail") return `No ${name} in ${range} will do: broken at ${placesOf(trials)}: ${demand}`;
    return `No ${name} in ${range} is proven: open at ${placesOf(open)}: ${demand}`;
  }
  const { want, value, open_value } = answer;
  const proof = trials.find((trial) => trial.fresh && trial.verdict === "pass");
  const runs = formatQuantity(proof?.replications ?? 0, "1");
  const least = Math.min(...objectives.map(({ confidence }) => confidence));
  const isBroken = trials.some((trial) => trial.value === open_value && trial.verdict === "fail");
  const beyond =
    open_value === undefined ? "the end of the range" : `${open_value} is ${isBroken ? "broken" : "not proven"}`;
  return (
    `${name} = ${value} is the ${want} in ${range} that is proven (${formatPercent(least)} sure, ${runs} fresh replications; ` +
    `${beyond}): ${demand}`
  );
}

function placesOf(trials: readonly SizeTrial[]): string {
  return trials
    .map(({ value, replications }) => `${value} (${formatQuantity(replications, "1")} replications)`)
    .join(" and ");
}
