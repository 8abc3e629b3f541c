import { intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { RenderOptions } from "../render-options.js";
import { pointFields } from "../summary/point-fields.js";
import { always, NUMBER, TEXT, tableOfFields, type TableField } from "../table/table-field.js";
import type { SummaryTablePoint } from "../summary/summary-row.js";
import { renderTable } from "../table/render-table.js";

/** A point that needs more replications, and what it is furthest away from. */
export interface OpenPointRow {
  readonly point: SummaryTablePoint;
  readonly replications: number;
  /** The target, in words. */
  readonly target: string;
  /** Of the estimate. */
  readonly unit: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Nominal coverage of the interval, range (0, 1). */
  readonly confidence: number;
  /** NaN when no number can be named. */
  readonly n_needed: number;
}

/** Returns a line for each open point: its present estimate and interval against its target, and what that still takes. Empty without points. */
export function renderOpenPoints(rows: readonly OpenPointRow[], options: RenderOptions): string {
  if (rows.length === 0) return "";
  const fields: readonly TableField<OpenPointRow>[] = [
    ...pointFields(rows),
    { ...NUMBER, headingOf: always("n"), textOf: ({ replications }) => formatQuantity(replications, "1") },
    { ...NUMBER, headingOf: always("estimate"), textOf: (row) => textsOf(row).estimate },
    { ...TEXT, headingOf: confidenceOf, textOf: (row) => textsOf(row).interval },
    { ...NUMBER, headingOf: always("still needs"), textOf: neededOf },
    { ...TEXT, cuttable: true, headingOf: always("target"), textOf: ({ target }) => target },
  ];
  return renderTable(tableOfFields([rows], fields), options);
}

function textsOf({ estimate, low, high, unit }: OpenPointRow): ReturnType<typeof intervalText> {
  return intervalText({ estimate, ci_low: low, ci_high: high, std_error: Number.NaN }, unit);
}

function confidenceOf({ confidence }: OpenPointRow): string {
  return `anytime ${formatPercent(confidence)}`;
}

function neededOf({ n_needed }: OpenPointRow): string {
  return Number.isNaN(n_needed) ? "?" : `about ${formatQuantity(n_needed, "1")}`;
}
