import { groupedBy } from "../grouped-by.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { renderSparkline } from "../render-sparkline.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { pointFields } from "../summary/point-fields.js";
import { always, NUMBER, TEXT, tableOfFields, type TableField } from "../table/table-field.js";
import type { SummaryTablePoint } from "../summary/summary-row.js";
import { COLUMN_GAP, tableWidth } from "../table/fit-columns.js";
import { renderTable } from "../table/render-table.js";
import { visibleText } from "../text/visible-text.js";
import { widestText } from "../text/widest-text.js";

/** A metric over time at one point; the arrays are equally long. */
export interface SeriesRow {
  readonly point_id: string;
  readonly metric: string;
  /** End of each cell [s]. */
  readonly t_s: ArrayLike<number>;
  /** NaN where undefined. */
  readonly mean: ArrayLike<number>;
}

export interface SeriesOptions extends RenderOptions {
  /** Points to show, in the order to show them in. */
  readonly points: readonly SummaryTablePoint[];
  /** Unit of each metric; one that is not named is shown without. */
  readonly units: ReadonlyMap<string, string>;
}

/** A sparkline is never shorter and never longer [columns]. */
const SHORTEST = 16;
const LONGEST = 80;

/**
 * Returns a sparkline for each point and metric, on a scale of its own; the lowest and the highest value stand beside it. With several points
 * there is a section for each metric.
 */
export function renderSeries(rows: readonly SeriesRow[], options: SeriesOptions): string {
  const { points, units } = options;
  const shown = points.flatMap((point) =>
    rows
      .filter(({ point_id }) => point_id === point.point_id)
      .map((row) => ({ point, row, unit: units.get(row.metric) ?? "" })),
  );
  if (shown.length === 0) return "no series";
  const byMetric = new Set(shown.map(({ point }) => point.point_id)).size > 1;
  const keys = [...pointFields(shown), ...(byMetric ? [] : [METRIC])];
  const groups = byMetric ? [...groupedBy(shown, ({ row }) => row.metric).values()] : [shown];
  const ends = [LOWEST, HIGHEST];
  const room = usableWidth(options.width) - COLUMN_GAP - widthOf([...keys, ...ends], shown);
  const length = Math.min(LONGEST, Math.max(SHORTEST, room));
  const fields = [...keys, sparklineField(length, byMetric), ...ends];
  const table = tableOfFields(groups, fields);
  return renderTable(byMetric ? { ...table, titleColumn: table.keyColumns } : table, options);
}

interface Shown {
  readonly point: SummaryTablePoint;
  readonly row: SeriesRow;
  readonly unit: string;
}

type Field = TableField<Shown>;

const METRIC: Field = { ...TEXT, key: true, headingOf: always("metric"), textOf: ({ row }) => row.metric };
const LOWEST: Field = {
  ...NUMBER,
  headingOf: always("lowest"),
  textOf: ({ row, unit }) => formatQuantity(lowest(row), unit),
};
const HIGHEST: Field = {
  ...NUMBER,
  headingOf: always("highest"),
  textOf: ({ row, unit }) => formatQuantity(highest(row), unit),
};

function sparklineField(width: number, byMetric: boolean): Field {
  const spanOf = ({ row: { t_s } }: Shown): string => `${t_s[t_s.length - 1] ?? 0} s`;
  return {
    ...TEXT,
    headingOf: (shown) => (byMetric ? `${shown.row.metric} over ${spanOf(shown)}` : `over ${spanOf(shown)}`),
    textOf: ({ row }) => renderSparkline(row.mean, { width }),
  };
}

/** The lowest number; NaN if there is none. */
function lowest({ mean }: SeriesRow): number {
  return numbersIn(mean).reduce((least, value) => (value < least ? value : least), numbersIn(mean)[0] ?? Number.NaN);
}

function highest({ mean }: SeriesRow): number {
  return numbersIn(mean).reduce((most, value) => (value > most ? value : most), numbersIn(mean)[0] ?? Number.NaN);
}

function numbersIn(values: ArrayLike<number>): readonly number[] {
  return Array.from(values).filter((value) => Number.isFinite(value));
}

function widthOf(fields: readonly Field[], shown: readonly Shown[]): number {
  return tableWidth(
    fields.map((field) => widestText(shown.flatMap((it) => [field.headingOf(it), field.textOf(it)].map(visibleText)))),
  );
}
