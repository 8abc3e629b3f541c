import { intervalText } from "../quantity/format-interval.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { Column } from "../table/table.js";
import type { ParameterValue, ShownRow, SummaryTableRow } from "./summary-row.js";

/** A column of the summary table, and what it shows of a row. */
export interface Field extends Column {
  /** The heading over rows like this one. */
  readonly headingOf: (shown: ShownRow) => string;
  /** Whether it says what the row is about. */
  readonly key: boolean;
  readonly textOf: (shown: ShownRow) => string;
}

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
      headingOf: always(oneConfidence ? `${percent(confidence!)} interval` : "interval"),
      textOf: ({ row, unit }) => intervalText(row, unit).interval,
    },
    ...(oneConfidence ? [] : [{ ...NUMBER, headingOf: always("confidence"), textOf: confidenceOf }]),
    { ...NUMBER, headingOf: always("n"), textOf: ({ row }) => formatQuantity(row.n, "1") },
    ...remarkFields(shown),
  ];
}

const TEXT = { align: "left", cuttable: false, key: false } as const;
const NUMBER = { align: "right", cuttable: false, key: false } as const;

/** The parameters; without any, the ids if there are several points. */
function pointFields(shown: readonly ShownRow[]): readonly Field[] {
  const names = [...new Set(shown.flatMap(({ point }) => Object.keys(point.parameters)))];
  if (names.length > 0) return names.map((name) => parameterField(name, shown));
  const several = new Set(shown.map(({ point }) => point.point_id)).size > 1;
  return several ? [{ ...TEXT, headingOf: always("point"), key: true, textOf: ({ point }) => point.point_id }] : [];
}

function parameterField(name: string, shown: readonly ShownRow[]): Field {
  const valueOf = ({ point }: ShownRow): ParameterValue =>
    Object.hasOwn(point.parameters, name) ? point.parameters[name]! : null;
  const numeric = shown.every((row) => typeof valueOf(row) !== "string" && typeof valueOf(row) !== "boolean");
  // Written in full, not rounded: it is what tells the points apart.
  const textOf = (row: ShownRow): string => String(valueOf(row) ?? "-");
  return { ...(numeric ? NUMBER : TEXT), colour: "cyan", key: true, headingOf: always(name), textOf };
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

function always(heading: string): () => string {
  return () => heading;
}

function metricOf({ row }: ShownRow): string {
  return row.metric;
}

function estimandOf({ row }: ShownRow): string {
  return row.estimand;
}

function confidenceOf({ row }: ShownRow): string {
  return percent(row.confidence);
}

/** A nominal coverage as people write it: 95 %, 99.9 %. */
function percent(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(6))} %`;
}
