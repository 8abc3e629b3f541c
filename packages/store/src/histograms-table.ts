import { bucketHigh, bucketLow, type HistogramBuckets, type Metric } from "@loadstar/engine";
import { UNIT_OF_METRIC, type Column } from "./column.js";
import { floatColumn, METRIC_COLUMN, POINT_ID_COLUMN } from "./identity-columns.js";
import { RowOrder } from "./row-order.js";
import { openTable, type OpenTable, type Rows } from "./table-stream.js";

/** The pooled histogram of one metric at one point. */
export interface Histogram {
  readonly point_id: string;
  readonly metric: string;
  readonly buckets: HistogramBuckets;
}

/** Opens `histograms.arrow`. Histograms come in the order of the points and, within a point, of `metrics`. */
export async function openHistograms(
  directory: string,
  options: { readonly metrics: readonly Pick<Metric, "name">[]; readonly pointIds: readonly string[] },
): Promise<OpenTable<Histogram>> {
  const { pointIds } = options;
  const metricNames = options.metrics.map(({ name }) => name);
  const order = new RowOrder("histograms", pointIds, metricNames);
  const vocabularies = new Map([
    ["point_id", pointIds],
    ["metric", metricNames],
  ]);
  return await openTable<Histogram>(
    { directory, table: "histograms", columns: HISTOGRAMS_COLUMNS, vocabularies },
    (histogram) => {
      const rows = histogramRows(histogram);
      order.advanceToMetric(histogram.point_id, histogram.metric);
      return rows;
    },
  );
}

function histogramRows({ point_id, metric, buckets }: Histogram): Rows {
  const { indices, counts } = buckets;
  if (indices.length !== counts.length) {
    throw new Error(
      `Cannot append histogram of ${JSON.stringify(metric)}: ${indices.length} buckets must have as many counts: current value is ${counts.length}`,
    );
  }
  const cells: Rows["cells"] = [
    point_id,
    metric,
    (row) => bucketLow(indices[row] ?? Number.NaN),
    (row) => bucketHigh(indices[row] ?? Number.NaN),
    (row) => wholeCount(counts[row] ?? Number.NaN),
  ];
  return { count: indices.length, cells };
}

/** The columns of `histograms.arrow`. */
export const HISTOGRAMS_COLUMNS: readonly Column[] = [
  POINT_ID_COLUMN,
  METRIC_COLUMN,
  floatColumn("low", UNIT_OF_METRIC, "Lower bound of the bucket, included"),
  floatColumn("high", UNIT_OF_METRIC, "Upper bound of the bucket, excluded"),
  {
    name: "count",
    kind: "int64",
    nullable: false,
    unit: "1",
    description: "Values in the bucket, over all replications",
  },
];

function wholeCount(count: number): bigint {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new Error(`Cannot append histogram: a count must be a whole number >= 0: current value is ${count}`);
  }
  return BigInt(count);
}
