import type { Metric } from "@loadstar/engine";
import { UNIT_OF_METRIC, type Column } from "./column.js";
import { floatColumn, METRIC_COLUMN, POINT_ID_COLUMN } from "./identity-columns.js";
import { RowOrder } from "./row-order.js";
import { openTable, type OpenTable, type Rows } from "./table-stream.js";

/** The numbers of a series, one for each cell of the time grid; all arrays are equally long. */
export interface SeriesColumns {
  /** End of the cell [s]. */
  readonly t_s: Float64Array;
  readonly mean: Float64Array;
  readonly band_low: Float64Array;
  readonly band_high: Float64Array;
  readonly p05: Float64Array;
  readonly p50: Float64Array;
  readonly p95: Float64Array;
}

/** The series of one metric at one point. */
export type Series = { readonly point_id: string; readonly metric: string } & SeriesColumns;

/** Opens `series.arrow`. Series come in the order of the points and, within a point, of `metrics`. */
export async function openSeries(
  directory: string,
  options: { readonly metrics: readonly Pick<Metric, "name">[]; readonly pointIds: readonly string[] },
): Promise<OpenTable<Series>> {
  const { pointIds } = options;
  const metricNames = options.metrics.map(({ name }) => name);
  const order = new RowOrder("series", pointIds, metricNames);
  const vocabularies = new Map([
    ["point_id", pointIds],
    ["metric", metricNames],
  ]);
  return await openTable<Series>({ directory, table: "series", columns: SERIES_COLUMNS, vocabularies }, (series) => {
    const rows = seriesRows(series);
    order.advanceToMetric(series.point_id, series.metric);
    return rows;
  });
}

function seriesRows(series: Series): Rows {
  const count = series.t_s.length;
  for (const name of SERIES_COLUMN_NAMES) {
    if (series[name].length !== count) {
      throw new Error(
        `Cannot append series of ${JSON.stringify(series.metric)}: ${name} must have ${count} values: current value is ${series[name].length}`,
      );
    }
  }
  return { count, cells: [series.point_id, series.metric, ...SERIES_COLUMN_NAMES.map((name) => series[name])] };
}

/** The columns after `point_id` and `metric`. */
export const SERIES_COLUMN_NAMES = ["t_s", "mean", "band_low", "band_high", "p05", "p50", "p95"] as const;

/** The columns of `series.arrow`. */
export const SERIES_COLUMNS: readonly Column[] = [
  POINT_ID_COLUMN,
  METRIC_COLUMN,
  floatColumn("t_s", "s", "End of the cell, in simulated time"),
  floatColumn("mean", UNIT_OF_METRIC, "Mean over replications of the cell's average"),
  floatColumn("band_low", UNIT_OF_METRIC, "Lower end of the confidence band of the mean"),
  floatColumn("band_high", UNIT_OF_METRIC, "Upper end of the confidence band of the mean"),
  floatColumn("p05", UNIT_OF_METRIC, "5 % quantile over replications"),
  floatColumn("p50", UNIT_OF_METRIC, "Median over replications"),
  floatColumn("p95", UNIT_OF_METRIC, "95 % quantile over replications"),
];
