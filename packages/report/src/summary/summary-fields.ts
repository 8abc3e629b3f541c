import { intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { pointFields } from "./point-fields.js";
import { always, NUMBER, TEXT, type TableField } from "../table/table-field.js";
import type { ShownRow, SummaryTableRow } from "./summary-row.js";

/** A column of the summary table. */
export type Field = TableField<ShownRow>;

/**
 * Returns the columns for these rows; one that would say the same in each row, or nothing, is left out. With `byMetric`
 * the metric stands over the estimates instead of in a column, and what is estimated is taken for the mean unless a
 * column says otherwise.
 */
export function summaryFields(
  shown: readonly ShownRow[],
  { byMetric }: { readonly byMetric: boolean },
): readonly Field[] {
  const estimands = new Set(shown.map(({ row }) => row.estimand));
  const confidences = new Set(shown.map(({ row }) => row.confidence));
  const [estimand, ...otherEstimands] = estimands;
  const [confidence, ...otherConfidences] = confidences;
  const oneEstimand = otherEstimands.length === 0;
  const estimandIsClear = oneEstimand && (!byMetric || estimand === "mean");
  const oneConfidence = otherConfidences.length === 0;
  return [
    ...pointFields(shown),
    ...(byMetric ? [] : [{ ...TEXT, headingOf: always("metric"), key: true, textOf: metricOf }]),
    ...(estimandIsClear ? [] : [{ ...TEXT, headingOf: always("estimand"), key: true, textOf: estimandOf }]),
    {
      ...NUMBER,
      headingOf: byMetric ? metricOf : always(oneEstimand ? estimand! : "estimate"),
      textOf: ({ row, unit }) => intervalText(row, unit).estimate,
    },
    {
      ...NUMBER,
      align: "left",
      headingOf: always(oneConfidence ? `${formatPercent(confidence!)} interval` : "interval"),
      textOf: ({ row, unit }) => intervalText(row, unit).interval,
    },
    ...(oneConfidence ? [] : [{ ...NUMBER, headingOf: always("confidence"), textOf: confidenceOf }]),
    { ...NUMBER, headingOf: always("n"), textOf: ({ row }) => formatQuantity(row.n, "1") },
    ...remarkFields(shown),
  ];
}

function remarkFields(shown: readonly ShownRow[]): readonly Field[] {
  if (shown.every(({ row }) => remarks(row) === "")) return [];
  return [
    { ...TEXT, cuttable: true, colour: "yellow", headingOf: always("remarks"), textOf: ({ row }) => remarks(row) },
  ];
}

function remarks({ n_failed, flags }: SummaryTableRow): string {
  return [...(n_failed > 0 ? [`${formatQuantity(n_failed, "1")} absent`] : []), ...flags].join(", ");
}

function metricOf({ row }: ShownRow): string {
  return row.metric;
}

function estimandOf({ row }: ShownRow): string {
  return row.estimand;
}

function confidenceOf({ row }: ShownRow): string {
  return formatPercent(row.confidence);
}
