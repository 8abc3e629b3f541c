import { intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ComparisonTableRow } from "../comparison/render-comparison.js";
import { otherLoadSentence } from "../comparison/other-load.js";
import type { ReportChange, ReportData } from "../report-data.js";
import { COMPARISON_ORDER, comparisonCell, verdictCounts } from "./comparison-verdict.js";
import { counted } from "./counted.js";
import { numberCell, textCell, type ContentTable } from "./content-table.js";
import { VERDICT_WORDS } from "./objectives-content.js";
import { pointColumns } from "./point-columns.js";
import { twoSided } from "./two-sided.js";

/** What changed since earlier results, in words and tables. */
export interface ChangeContent {
  readonly sentences: readonly string[];
  /** Objectives whose verdict is another one; then proven differences of metrics. Tables without rows are left out. */
  readonly tables: readonly ContentTable[];
}

const NEWS: ReadonlySet<string> = new Set(["worse", "better", "changed"]);
const MOST_ROWS = 15;

/** Returns the news against earlier results. */
export function changeContent(change: ReportChange, data: ReportData): ChangeContent {
  if (change.identical) {
    return { sentences: ["Identical: all tables have the same digests, to the last bit."], tables: [] };
  }
  const { rows, unmatched, confidence } = change;
  const news = sortedNews(rows, data);
  const otherLoad = otherLoadSentence(rows);
  const alone = [
    ...(unmatched.points.length > 0 ? [counted(unmatched.points.length, "point")] : []),
    ...(unmatched.metrics.length > 0 ? [counted(unmatched.metrics.length, "metric")] : []),
  ];
  return {
    sentences: [
      `${formatQuantity(rows.length, "1")} comparisons of a metric at a point: ${verdictCounts(rows)}. Claimed differences are together ${formatPercent(confidence)} sure (Holm).`,
      ...(otherLoad === undefined ? [] : [otherLoad]),
      ...(news.length > MOST_ROWS
        ? [
            `The first ${MOST_ROWS} of ${formatQuantity(news.length, "1")} differences are shown, what is worse and what objectives are about first; loadstar compare shows all.`,
          ]
        : []),
      ...(alone.length > 0 ? [`Only one of the two has ${alone.join(" and ")}.`] : []),
    ],
    tables: [verdictChanges(change, data), differences(news.slice(0, MOST_ROWS), change, data)].filter(
      (table) => table.rows.length > 0,
    ),
  };
}

/** What is worse first; then metrics of objectives, of the whole system, of components; then what changed most for its size. */
function sortedNews(rows: readonly ComparisonTableRow[], { objectives }: ReportData): readonly ComparisonTableRow[] {
  const judged = new Set(objectives.map(({ metric }) => metric));
  const rankOf = (metric: string): number => (judged.has(metric) ? 0 : metric.includes(".") ? 2 : 1);
  const sizeOf = ({ difference, base_mean }: ComparisonTableRow): number => Math.abs(difference.estimate / base_mean);
  return rows
    .filter(({ verdict }) => NEWS.has(verdict))
    .toSorted(
      (a, b) =>
        COMPARISON_ORDER.indexOf(a.verdict) - COMPARISON_ORDER.indexOf(b.verdict) ||
        rankOf(a.metric) - rankOf(b.metric) ||
        (sizeOf(b) || 0) - (sizeOf(a) || 0),
    );
}

function verdictChanges({ objectives }: ReportChange, data: ReportData): ContentTable {
  const { columns, cellsOf } = pointColumns(data.points);
  const before = new Map(objectives.map((row) => [JSON.stringify([row.point_id, row.objective]), row.verdict]));
  const pointOf = new Map(data.points.map((point) => [point.point_id, point]));
  const rows = data.objectives.flatMap(({ point_id, objective, verdict }) => {
    const earlier = before.get(JSON.stringify([point_id, objective]));
    const point = pointOf.get(point_id);
    if (earlier === undefined || earlier === verdict || point === undefined) return [];
    return [
      [
        ...cellsOf(point),
        textCell(objective),
        { text: VERDICT_WORDS[earlier], verdict: earlier },
        { text: VERDICT_WORDS[verdict], verdict },
      ],
    ];
  });
  return {
    caption: "Objectives with another verdict than before",
    columns: [
      ...columns,
      { heading: "objective", align: "left" },
      { heading: "before", align: "left" },
      { heading: "now", align: "left" },
    ],
    rows,
  };
}

function differences(
  news: readonly ComparisonTableRow[],
  { confidence }: ReportChange,
  data: ReportData,
): ContentTable {
  const { columns, cellsOf } = pointColumns(data.points);
  const pointOf = new Map(data.points.map((point) => [point.point_id, point]));
  return {
    caption: "Proven differences",
    columns: [
      ...columns,
      { heading: "metric", align: "left" },
      { heading: "verdict", align: "left" },
      { heading: "before", align: "right" },
      { heading: "now", align: "right" },
      { heading: "difference", align: "right" },
      { heading: `${formatPercent(twoSided(confidence))} interval`, align: "left" },
    ],
    rows: news.flatMap((row) => {
      const point = pointOf.get(row.point_id);
      if (point === undefined) return [];
      const difference = intervalText(row.difference, row.unit);
      return [
        [
          ...cellsOf(point),
          textCell(row.metric),
          comparisonCell(row.verdict),
          numberCell(formatQuantity(row.base_mean, row.unit), row.base_mean),
          numberCell(formatQuantity(row.next_mean, row.unit), row.next_mean),
          numberCell(difference.estimate, row.difference.estimate),
          textCell(difference.interval),
        ],
      ];
    }),
  };
}
