import { verdictBar } from "../charts/verdict-bar.js";
import type { ComparisonTableRow } from "../comparison/render-comparison.js";
import { otherLoadSentence } from "../comparison/other-load.js";
import { intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportBaseline, ReportData } from "../report-data.js";
import { fitText } from "../text/fit-text.js";
import { numberCell, textCell, type ContentCell, type ContentTable } from "./content-table.js";
import { counted } from "./counted.js";
import { comparisonCell, comparisonVerdict, verdictCounts } from "./comparison-verdict.js";
import { drawnMetrics } from "./drawn-metrics.js";
import { pointColumns, pointTitle } from "./point-columns.js";
import { twoSided } from "./two-sided.js";

/** The points beside the baseline, in words and tables. */
export interface BaselineContent {
  readonly sentences: readonly string[];
  /** One for each leading metric that is not the same everywhere, a row for each other point. */
  readonly tables: readonly ContentTable[];
}

const MOST_METRICS = 2;
const MOST_ROWS = 40;
const WIDEST_NAME = 100;

/** Returns how the other points differ from the baseline. */
export function baselineContent(baseline: ReportBaseline, data: ReportData): BaselineContent {
  const { rows, point_id, confidence } = baseline;
  const shown = drawnMetrics(data)
    .map((metric) => rows.filter((row) => row.metric === metric))
    .filter((ofMetric) => ofMetric.some(({ verdict }) => verdict !== "identical"))
    .slice(0, MOST_METRICS);
  const loose = rows.filter(({ difference }) => difference.flags?.includes("low_correlation")).length;
  const otherLoad = otherLoadSentence(rows);
  return {
    sentences: [
      `Beside ${nameOf(point_id, data)}, paired by replication, ${counted(rows.length, "comparison")} of a metric: ${verdictCounts(rows)}. Claimed differences are together ${formatPercent(confidence)} sure (Holm).`,
      ...(otherLoad === undefined ? [] : [otherLoad]),
      ...(loose > 0
        ? [
            `Common random numbers helped little in ${formatQuantity(loose, "1")} of them (variance reduction below 1.2).`,
          ]
        : []),
      ...(shown.some(({ length }) => length > MOST_ROWS)
        ? [`Of each metric ${MOST_ROWS} points are shown, those that differ most; loadstar summary shows all.`]
        : []),
    ],
    tables: shown.map((ofMetric) => tableOf(ofMetric, baseline, data)),
  };
}

function nameOf(point_id: string, { points }: ReportData): string {
  const point = points.find((one) => one.point_id === point_id);
  return fitText(point === undefined ? point_id : pointTitle(point), WIDEST_NAME);
}

function tableOf(
  rows: readonly ComparisonTableRow[],
  { confidence, point_id }: ReportBaseline,
  data: ReportData,
): ContentTable {
  const { columns, cellsOf } = pointColumns(data.points);
  const pointOf = new Map(data.points.map((point) => [point.point_id, point]));
  const [{ metric, unit, base_mean }] = rows as readonly [ComparisonTableRow];
  const ends = extremesOf(rows);
  return {
    caption: `${metric}, ${formatQuantity(base_mean, unit)} at ${nameOf(point_id, data)}`,
    columns: [
      ...columns,
      { heading: "verdict", align: "left" },
      { heading: "mean", align: "right" },
      { heading: "difference", align: "right" },
      { heading: `${formatPercent(twoSided(confidence))} interval`, align: "left" },
      { heading: "difference beside 0", align: "left" },
    ],
    rows: largestIfMany(rows).flatMap((row) => {
      const point = pointOf.get(row.point_id);
      return point === undefined ? [] : [[...cellsOf(point), ...differenceCells(row, ends)]];
    }),
  };
}

/** All in their order if they are few. */
function largestIfMany(rows: readonly ComparisonTableRow[]): readonly ComparisonTableRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  const sizeOf = ({ difference }: ComparisonTableRow): number => Math.abs(difference.estimate) || 0;
  return rows.toSorted((one, other) => sizeOf(other) - sizeOf(one)).slice(0, MOST_ROWS);
}

/** So that all rows have one scale. */
function extremesOf(rows: readonly ComparisonTableRow[]): readonly number[] {
  const finite = rows
    .flatMap(({ difference }) => [difference.estimate, difference.ci_low, difference.ci_high])
    .filter((number) => Number.isFinite(number));
  return [
    finite.reduce((least, number) => Math.min(least, number), 0),
    finite.reduce((most, number) => Math.max(most, number), 0),
  ];
}

function differenceCells(row: ComparisonTableRow, scale_with: readonly number[]): readonly ContentCell[] {
  const { difference, unit, next_mean, verdict } = row;
  const { estimate, interval } = intervalText(difference, unit);
  const drawn = {
    verdict: comparisonVerdict(verdict) ?? ("inconclusive" as const),
    estimate: difference.estimate,
    bound_low: difference.ci_low,
    bound_high: difference.ci_high,
    limit: 0,
  };
  const label = `${verdict}: ${estimate} ${interval}`;
  return [
    comparisonCell(verdict),
    numberCell(formatQuantity(next_mean, unit), next_mean),
    numberCell(estimate, difference.estimate),
    textCell(interval),
    { text: label, drawing: verdictBar(drawn, { label, unit, scale_with, from_0_to_1: false }) },
  ];
}
