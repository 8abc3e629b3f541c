import { usableWidth, type RenderOptions } from "../render-options.js";
import { COLUMN_GAP, fitColumns, tableWidth } from "../table/fit-columns.js";
import { renderTable } from "../table/render-table.js";
import type { Table } from "../table/table.js";
import { tableOfFields } from "../table/table-field.js";
import { intervalFields } from "./interval-field.js";
import { summaryFields, type Field } from "./summary-fields.js";
import type { ShownRow, SummaryTablePoint, SummaryTableRow } from "./summary-row.js";

export interface SummaryTableOptions extends RenderOptions {
  /** Metrics to show, in the order to show them in; a repeated one is shown once. */
  readonly metrics: readonly string[];
  /** Points to show, in the order to show them in. */
  readonly points: readonly SummaryTablePoint[];
  /** Unit of each metric; one that is not named is shown without. */
  readonly units: ReadonlyMap<string, string>;
}

/**
 * Returns a line for each point and metric: the point's parameters, the estimate with its interval, how many replications
 * it rests on, and remarks where there are any. With several points there is a section for each metric, so that its
 * points stand under each other, and where there is room their intervals are drawn on one scale. Where that is too wide, the lines become a list.
 */
export function renderSummaryTable(rows: readonly SummaryTableRow[], options: SummaryTableOptions): string {
  const metrics = [...new Set(options.metrics)];
  const shown = shownRows(rows, { ...options, metrics });
  if (shown.length === 0) return "no estimates";
  const byMetric = new Set(shown.map(({ point }) => point.point_id)).size > 1;
  const fields = summaryFields(shown, { byMetric });
  const groups = (byMetric ? metrics.map((name) => shown.filter(({ row }) => row.metric === name)) : [shown]).filter(
    (group) => group.length > 0,
  );
  const plain = tableOf(groups, fields, { byMetric });
  if (!byMetric) return renderTable(plain, options);
  const room = usableWidth(options.width) - tableWidth(fitColumns(plain, Infinity)!) - COLUMN_GAP;
  const bars = intervalFields(shown, { room });
  return renderTable(bars.length === 0 ? plain : tableOf(groups, [...fields, ...bars], { byMetric }), options);
}

function tableOf(
  groups: readonly (readonly ShownRow[])[],
  fields: readonly Field[],
  { byMetric }: { readonly byMetric: boolean },
): Table {
  const table = tableOfFields(groups, fields);
  // The estimates come first after the keys.
  return byMetric ? { ...table, titleColumn: table.keyColumns } : table;
}

function shownRows(
  rows: readonly SummaryTableRow[],
  { metrics, points, units }: SummaryTableOptions,
): readonly ShownRow[] {
  const rowsOf = new Map<string, SummaryTableRow[]>();
  for (const row of rows) {
    const key = keyOf(row.point_id, row.metric);
    rowsOf.set(key, [...(rowsOf.get(key) ?? []), row]);
  }
  return points.flatMap((point) =>
    metrics.flatMap((metric) =>
      (rowsOf.get(keyOf(point.point_id, metric)) ?? []).map((row) => ({
        point,
        row,
        unit: row.estimand === "probability" ? "ratio" : (units.get(metric) ?? ""),
      })),
    ),
  );
}

/** Both may hold any character, so they are quoted before they are joined. */
function keyOf(point_id: string, metric: string): string {
  return JSON.stringify([point_id, metric]);
}
