import type { ObjectiveVerdict } from "@loadstar/stats";
import { intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { openReason } from "./open-reason.js";
import { plainPaint } from "../paint.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { pointFields } from "../summary/point-fields.js";
import { always, NUMBER, TEXT, tableOfFields, type TableField } from "../table/table-field.js";
import type { SummaryTablePoint } from "../summary/summary-row.js";
import { renderTable } from "../table/render-table.js";
import { flowItems } from "../text/flow-items.js";

/** The verdict on one objective at one point. */
export interface ObjectiveTableRow extends ObjectiveVerdict {
  readonly point_id: string;
  /** In words. */
  readonly objective: string;
  readonly metric: string;
  readonly estimand: string;
}

export interface ObjectiveTableOptions extends RenderOptions {
  /** Points to show, in the order to show them in. */
  readonly points: readonly SummaryTablePoint[];
  /** Unit of each metric; one that is not named is shown without. */
  readonly units: ReadonlyMap<string, string>;
}

interface Shown {
  readonly point: SummaryTablePoint;
  readonly row: ObjectiveTableRow;
  readonly unit: string;
}

/**
 * Returns a line for each objective and point: the verdict, the estimate with its one-sided bounds, how many replications
 * it rests on, and what is still needed. With several points there is a table for each objective, under its words.
 * Empty without objectives.
 */
export function renderObjectives(rows: readonly ObjectiveTableRow[], options: ObjectiveTableOptions): string {
  const { points, units, paint = plainPaint } = options;
  const shown = points.flatMap((point) =>
    rows.filter(({ point_id }) => point_id === point.point_id).map((row) => ({ point, row, unit: unitOf(row, units) })),
  );
  if (shown.length === 0) return "";
  if (points.length === 1) {
    return renderTable(tableOfFields([shown], fieldsOf(shown, { named: true })), options);
  }
  const fields = fieldsOf(shown, { named: false });
  const objectives = [...new Set(shown.map(({ row }) => row.objective))];
  const tables = objectives.map((objective) => {
    const ofObjective = shown.filter(({ row }) => row.objective === objective);
    const title = flowItems([objective], { width: usableWidth(options.width) }).map((line) => paint.bold(line));
    return [...title, renderTable(tableOfFields([ofObjective], fields), options)].join("\n");
  });
  return tables.join("\n\n");
}

function fieldsOf(shown: readonly Shown[], { named }: { readonly named: boolean }): readonly TableField<Shown>[] {
  const boundsOf = ({ row, unit }: Shown): ReturnType<typeof intervalText> =>
    intervalText(
      { estimate: row.estimate, ci_low: row.bound_low, ci_high: row.bound_high, std_error: Number.NaN },
      unit,
    );
  const oneConfidence = isOneEach(shown.map(({ row }) => ({ table: named ? "" : row.objective, is: row.confidence })));
  const remarks = shown.some((one) => remarksOf(one) !== "");
  return [
    ...(named
      ? [{ ...TEXT, headingOf: always("objective"), key: true, textOf: ({ row }: Shown) => row.objective }]
      : []),
    ...pointFields(shown),
    { ...TEXT, headingOf: always("verdict"), textOf: ({ row }) => WORDS[row.verdict] },
    { ...NUMBER, headingOf: always("estimate"), textOf: (one) => boundsOf(one).estimate },
    {
      ...TEXT,
      headingOf: ({ row }) => (oneConfidence ? `${formatPercent(row.confidence)} bounds` : "bounds"),
      textOf: (one) => boundsOf(one).interval,
    },
    ...(oneConfidence
      ? []
      : [{ ...NUMBER, headingOf: always("confidence"), textOf: ({ row }: Shown) => formatPercent(row.confidence) }]),
    { ...NUMBER, headingOf: always("n"), textOf: ({ row }) => formatQuantity(row.n, "1") },
    ...(remarks
      ? [{ ...TEXT, cuttable: true, colour: "yellow" as const, headingOf: always("remarks"), textOf: remarksOf }]
      : []),
  ];
}

/** Whether the rows of every table have the same number. */
function isOneEach(rows: readonly { readonly table: string; readonly is: number }[]): boolean {
  const first = new Map(rows.toReversed().map(({ table, is }) => [table, is]));
  return rows.every(({ table, is }) => first.get(table) === is);
}

/** What is not a pass stands out without colour. */
const WORDS = { pass: "pass", fail: "FAIL", inconclusive: "inconclusive" } as const;

function remarksOf({ row }: Shown): string {
  const { n_failed, n_needed, flags, verdict } = row;
  const needed = openReason(row) ?? `needs about ${formatQuantity(n_needed, "1")} more`;
  return [
    ...(verdict === "inconclusive" ? [needed] : []),
    ...(n_failed > 0 ? [`${formatQuantity(n_failed, "1")} absent`] : []),
    ...flags,
  ].join(", ");
}

function unitOf({ metric, estimand }: ObjectiveTableRow, units: ReadonlyMap<string, string>): string {
  return estimand.startsWith("probability") ? "ratio" : (units.get(metric) ?? "");
}
