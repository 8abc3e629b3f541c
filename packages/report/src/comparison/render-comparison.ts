import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { intervalText } from "../quantity/format-interval.js";
import { plainPaint } from "../paint.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { pointFields } from "../summary/point-fields.js";
import { always, NUMBER, TEXT, tableOfFields, type TableField } from "../table/table-field.js";
import type { SummaryTablePoint } from "../summary/summary-row.js";
import { renderTable } from "../table/render-table.js";
import { flowItems } from "../text/flow-items.js";

/** One metric at one point, in two results. */
export interface ComparisonTableRow {
  readonly point_id: string;
  readonly metric: string;
  readonly unit: string;
  readonly verdict: string;
  readonly base_mean: number;
  readonly next_mean: number;
  /** Whether another load is offered and the metric follows it. */
  readonly follows_load?: boolean;
  readonly difference: {
    readonly estimate: number;
    readonly std_error: number;
    readonly ci_low: number;
    readonly ci_high: number;
    /** How many times as many runs would be needed without pairing; NaN where there is none. */
    readonly variance_reduction?: number;
    readonly flags?: readonly string[];
  };
}

export interface ComparisonTableOptions extends RenderOptions {
  readonly points: readonly SummaryTablePoint[];
  /** Of the intervals, range (0, 1). */
  readonly confidence: number;
}

interface Shown {
  readonly point: SummaryTablePoint;
  readonly row: ComparisonTableRow;
}

/**
 * Returns a table for each metric, under its name, in the order given: verdict, both means, the difference with its interval.
 * Empty without rows.
 */
export function renderComparison(rows: readonly ComparisonTableRow[], options: ComparisonTableOptions): string {
  const { paint = plainPaint } = options;
  const points = new Map(options.points.map((point) => [point.point_id, point]));
  const shown = rows.flatMap((row) => {
    const point = points.get(row.point_id);
    return point === undefined ? [] : [{ point, row }];
  });
  const fields = fieldsOf(shown, options.confidence);
  const tables = [...new Set(shown.map(({ row }) => row.metric))].map((metric) => {
    const ofMetric = shown.filter(({ row }) => row.metric === metric);
    const title = flowItems([metric], { width: usableWidth(options.width) }).map((line) => paint.bold(line));
    return [...title, renderTable(tableOfFields([ofMetric], fields), options)].join("\n");
  });
  return tables.join("\n\n");
}

function fieldsOf(shown: readonly Shown[], confidence: number): readonly TableField<Shown>[] {
  const differenceOf = ({ row }: Shown): ReturnType<typeof intervalText> => intervalText(row.difference, row.unit);
  return [
    ...pointFields(shown),
    { ...TEXT, headingOf: always("verdict"), textOf: ({ row }) => WORDS[row.verdict] ?? row.verdict },
    { ...NUMBER, headingOf: always("base"), textOf: ({ row }) => formatQuantity(row.base_mean, row.unit) },
    { ...NUMBER, headingOf: always("new"), textOf: ({ row }) => formatQuantity(row.next_mean, row.unit) },
    { ...NUMBER, headingOf: always("difference"), textOf: (one) => differenceOf(one).estimate },
    {
      ...TEXT,
      headingOf: always(`${formatPercent(confidence)} interval`),
      textOf: (one) => differenceOf(one).interval,
    },
  ];
}

/** What is worse stands out without colour. */
const WORDS: Readonly<Record<string, string>> = { worse: "WORSE" };
