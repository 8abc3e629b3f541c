import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { RenderOptions } from "../render-options.js";
import { renderTable } from "../table/render-table.js";
import { always, NUMBER, TEXT, tableOfFields, type TableField } from "../table/table-field.js";
import { visibleText } from "../text/visible-text.js";

/** How often runs of one load stay collapsed. */
export interface TippingCollapse {
  readonly verdict: "recovers" | "collapses" | "open";
  readonly n_collapsed: number;
  readonly ci_low: number;
  readonly ci_high: number;
}

/** One load that was judged. */
export interface TippingRow {
  readonly value: number;
  readonly replications: number;
  readonly with_trigger: TippingCollapse;
  readonly without_trigger: TippingCollapse;
  /** Infinity for never, NaN without runs. */
  readonly recovery: { readonly p50_s: number; readonly p95_s: number; readonly n_censored: number };
}

/** Between which loads more than half of the runs begin to collapse. */
export interface TippingBorders {
  readonly with_trigger: { readonly recovers: number | undefined; readonly collapses: number | undefined };
  readonly without_trigger: { readonly recovers: number | undefined; readonly collapses: number | undefined };
}

/** Returns a line for each load that was judged, upwards: probabilities that a run stays collapsed, and how long recovery takes. Empty without loads. */
export function renderTipping(rows: readonly TippingRow[], options: RenderOptions): string {
  const sorted = rows.toSorted((one, other) => one.value - other.value);
  return renderTable(tableOfFields([sorted], FIELDS), options);
}

const FIELDS: readonly TableField<TippingRow>[] = [
  { ...NUMBER, key: true, headingOf: always("load"), textOf: ({ value }) => String(value) },
  { ...TEXT, headingOf: always("region"), textOf: regionOf },
  { ...TEXT, headingOf: always("with trigger"), textOf: (row) => collapseText(row.with_trigger) },
  { ...TEXT, headingOf: always("without"), textOf: (row) => collapseText(row.without_trigger) },
  { ...NUMBER, headingOf: always("recovery p50"), textOf: ({ recovery }) => timeText(recovery.p50_s) },
  { ...NUMBER, headingOf: always("p95"), textOf: ({ recovery }) => timeText(recovery.p95_s) },
  { ...NUMBER, headingOf: always("never"), textOf: ({ recovery }) => formatQuantity(recovery.n_censored, "1") },
  { ...NUMBER, headingOf: always("n"), textOf: ({ replications }) => formatQuantity(replications, "1") },
];

/** What is known of a load: proven of most runs, or, for a vulnerable one, seen in some that a trigger has brought down for good. */
function regionOf({ with_trigger, without_trigger }: TippingRow): string {
  if (without_trigger.verdict === "collapses") return "UNSTABLE";
  if (with_trigger.verdict === "recovers" && with_trigger.n_collapsed === 0) return "stable";
  if (without_trigger.verdict === "open") return with_trigger.verdict === "recovers" ? "vulnerable" : "open";
  if (with_trigger.verdict === "collapses") return "METASTABLE";
  return with_trigger.n_collapsed > 0 ? "vulnerable" : "open";
}

function collapseText({ ci_low, ci_high }: TippingCollapse): string {
  return `${wholePercent(ci_low)} to ${wholePercent(ci_high)} %`;
}

function wholePercent(ratio: number): number {
  return Math.round(100 * ratio);
}

function timeText(time_s: number): string {
  return time_s === Infinity ? "never" : formatQuantity(time_s, "s");
}

/** Returns the borders of the regions, a sentence each, and how sure they are. */
export function tippingSentences(
  { with_trigger, without_trigger }: TippingBorders,
  { find, confidence }: { readonly find: string; readonly confidence: number },
): string {
  const name = visibleText(find);
  const sure = `${formatPercent(confidence)} sure`;
  return [
    `After the trigger ${borderText(name, with_trigger)}.`,
    `Without it ${borderText(name, without_trigger)} (all of this ${sure}).`,
  ].join("\n");
}

function borderText(
  name: string,
  { recovers, collapses }: { readonly recovers: number | undefined; readonly collapses: number | undefined },
): string {
  const good =
    recovers === undefined ? "no load is proven to recover" : `most runs are healthy up to ${name} = ${recovers}`;
  const bad = collapses === undefined ? "none is proven to collapse" : `most stay collapsed from ${collapses} on`;
  return `${good}; ${bad}`;
}
