import type { Estimate } from "@loadstar/stats";
import { formatInterval, intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { RenderOptions } from "../render-options.js";
import { pointFields } from "../summary/point-fields.js";
import { always, NUMBER, TEXT, tableOfFields, type TableField } from "../table/table-field.js";
import type { SummaryTablePoint } from "../summary/summary-row.js";
import { renderTable } from "../table/render-table.js";
import { visibleText } from "../text/visible-text.js";

/** One point after a selection. */
export interface SelectionRow {
  readonly point_id: string;
  /** Replications after which it was out; NaN if it was not. */
  readonly eliminated_at: number;
  readonly estimate: Estimate;
}

/** What a selection found. */
export interface SelectionAnswer {
  readonly metric: { readonly name: string; readonly unit: string };
  readonly better: "larger" | "smaller";
  readonly best_point_id: string | undefined;
  readonly fresh_estimate: Estimate | undefined;
  readonly points: readonly SelectionRow[];
  readonly flags: readonly string[];
}

export interface SelectionTableOptions extends RenderOptions {
  /** Points to show, in the order to show them in. */
  readonly points: readonly SummaryTablePoint[];
}

interface Shown {
  readonly point: SummaryTablePoint;
  readonly row: SelectionRow;
}

/** Returns a line for each point: what became of it, its mean with an interval, and its replications. Empty without points. */
export function renderSelection(answer: SelectionAnswer, { points, ...options }: SelectionTableOptions): string {
  const rows = new Map(answer.points.map((row) => [row.point_id, row]));
  const shown = points.flatMap((point) => {
    const row = rows.get(point.point_id);
    return row === undefined ? [] : [{ point, row }];
  });
  if (shown.length === 0) return "";
  const fields = fieldsOf(shown, answer);
  return renderTable(tableOfFields([shown], fields), options);
}

function fieldsOf(shown: readonly Shown[], answer: SelectionAnswer): readonly TableField<Shown>[] {
  const { name, unit } = answer.metric;
  const textsOf = ({ row }: Shown): ReturnType<typeof intervalText> => intervalText(row.estimate, unit);
  return [
    ...pointFields(shown),
    { ...TEXT, headingOf: always("selection"), textOf: ({ row }) => fateOf(row, answer) },
    { ...NUMBER, headingOf: always(name), textOf: (one) => textsOf(one).estimate },
    {
      ...TEXT,
      headingOf: ({ row }) => `${formatPercent(row.estimate.confidence)} interval`,
      textOf: (one) => textsOf(one).interval,
    },
    { ...NUMBER, headingOf: always("n"), textOf: ({ row }) => formatQuantity(row.estimate.n, "1") },
  ];
}

/** What is best stands out without colour. */
function fateOf({ point_id, eliminated_at, estimate }: SelectionRow, { best_point_id }: SelectionAnswer): string {
  if (point_id === best_point_id) return "BEST";
  if (estimate.n_failed > 0) return `out: ${formatQuantity(estimate.n_failed, "1")} absent`;
  return Number.isNaN(eliminated_at) ? "open" : `out after ${formatQuantity(eliminated_at, "1")}`;
}

/** Returns the answer of a selection in one sentence, and how sure it is. */
export function selectionSentence(
  { metric, better, best_point_id, fresh_estimate, points, flags }: SelectionAnswer,
  { indifference, confidence }: { readonly indifference: number; readonly confidence: number },
): string {
  const quality = `best (${better}) ${visibleText(metric.name)}`;
  if (best_point_id === undefined || fresh_estimate === undefined) {
    const open = points.filter(({ eliminated_at }) => Number.isNaN(eliminated_at));
    const why = flags.includes("zero_variance") ? ", their differences do not vary" : "";
    return open.length === 0
      ? "No point is selected: replications of all of them are absent"
      : `No point is selected: ${open.length} may still have the ${quality}${why}`;
  }
  const margin = formatQuantity(indifference, metric.unit);
  const again = formatInterval(fresh_estimate, metric.unit);
  return (
    `${visibleText(best_point_id)} has the ${quality}, ${formatPercent(confidence)} sure if by ${margin} or more; ` +
    `on ${formatQuantity(fresh_estimate.n, "1")} fresh replications ${again}`
  );
}
