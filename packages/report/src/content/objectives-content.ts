import type { Verdict } from "@loadstar/stats";
import { verdictBar } from "../charts/verdict-bar.js";
import { intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { openReason } from "../objectives/open-reason.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData, ReportObjective } from "../report-data.js";
import { numberCell, textCell, type ContentCell, type ContentTable } from "./content-table.js";
import { pointColumns } from "./point-columns.js";

/** Verdicts with the words that a report uses for them. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: "met",
  fail: "broken",
  inconclusive: "inconclusive",
};

/** One table for each objective, under its words, with a row for each point. */
export function objectivesContent({ objectives, points, units }: ReportData): readonly ContentTable[] {
  const { columns, cellsOf } = pointColumns(points);
  const words = [...new Set(objectives.map(({ objective }) => objective))];
  const pointOf = new Map(points.map((point) => [point.point_id, point]));
  return words.map((caption) => {
    const rows = objectives.filter(({ objective }) => objective === caption);
    const shown = rows.flatMap((row) => {
      const point = pointOf.get(row.point_id);
      return point === undefined ? [] : [{ row, point }];
    });
    const extremes = extremesOf(rows);
    return {
      caption,
      columns: [
        ...columns,
        { heading: "verdict", align: "left" },
        { heading: estimateHeading(rows[0]!), align: "right" },
        { heading: `${formatPercent(rows[0]!.confidence)} bounds`, align: "left" },
        { heading: "bounds and limit", align: "left" },
        { heading: "n", align: "right" },
        { heading: "failed", align: "right" },
        { heading: "still needed", align: "right" },
      ],
      rows: shown.map(({ row, point }) => [...cellsOf(point), ...objectiveCells(row, extremes, units)]),
    };
  });
}

/** The least and the largest number that is drawn, so that all rows have one scale. */
function extremesOf(rows: readonly ReportObjective[]): readonly number[] {
  const finite = rows
    .flatMap(({ estimate, bound_low, bound_high }) => [estimate, bound_low, bound_high])
    .filter((number) => Number.isFinite(number));
  return [
    finite.reduce((least, number) => Math.min(least, number), Infinity),
    finite.reduce((most, number) => Math.max(most, number), -Infinity),
  ];
}

/** What the numbers beside a verdict are about. */
function estimateHeading(row: ReportObjective): string {
  return isProbability(row) ? "runs that meet it" : row.estimand.replace("_", " ");
}

function objectiveCells(
  row: ReportObjective,
  scale_with: readonly number[],
  units: ReadonlyMap<string, string>,
): readonly ContentCell[] {
  const unit = objectiveUnit(row, units);
  const { estimate, bound_low, bound_high, verdict, n, n_failed, n_needed } = row;
  const texts = intervalText({ estimate, ci_low: bound_low, ci_high: bound_high, std_error: Number.NaN }, unit);
  const limit = shownLimit(row);
  const limitText = formatQuantity(limit, unit);
  const label = `${VERDICT_WORDS[verdict]}: ${texts.estimate} ${texts.interval}, limit ${limitText}`;
  return [
    { text: VERDICT_WORDS[verdict], verdict },
    numberCell(texts.estimate, estimate),
    textCell(texts.interval),
    {
      text: `limit ${limitText}`,
      drawing: verdictBar({ ...row, limit }, { label, unit, scale_with, from_0_to_1: isProbability(row) }),
    },
    numberCell(formatQuantity(n, "1"), n),
    numberCell(formatQuantity(n_failed, "1"), n_failed),
    numberCell(neededText(row), verdict === "inconclusive" ? n_needed : 0),
  ];
}

/** How many replications would decide it. */
export function neededText(row: ReportObjective): string {
  if (row.verdict !== "inconclusive") return "-";
  return openReason(row) ?? `about ${formatQuantity(row.n_needed, "1")}`;
}

/** The unit of estimate and bounds. */
export function objectiveUnit(row: ReportObjective, units: ReadonlyMap<string, string>): string {
  return isProbability(row) ? "ratio" : (units.get(row.metric) ?? "");
}

/** What estimate and bounds are compared with: the share of runs if the objective is about one, else the limit. */
function shownLimit(row: ReportObjective): number {
  return isProbability(row) ? Number(row.estimand.slice(PROBABILITY.length)) : row.limit;
}

const PROBABILITY = "probability_";

function isProbability({ estimand }: ReportObjective): boolean {
  return estimand.startsWith(PROBABILITY);
}
