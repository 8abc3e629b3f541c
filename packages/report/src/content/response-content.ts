import type { Drawing } from "../charts/drawing.js";
import { heatMap, type HeatCell } from "../charts/heat-map.js";
import { responseChart, type ResponseDot, type ResponseLine } from "../charts/response-chart.js";
import { formatInterval } from "../quantity/format-interval.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import type { ParameterValue, SummaryTablePoint, SummaryTableRow } from "../summary/summary-row.js";
import type { CaptionedDrawing } from "./captioned-drawing.js";
import { drawnMetrics } from "./drawn-metrics.js";
import { groupedBy } from "../grouped-by.js";
import { meansOf } from "./means-of.js";
import { VERDICT_WORDS } from "./objectives-content.js";
import { parameterNames, parameterOf, parameterText, pointTitle } from "./point-columns.js";

const MOST_METRICS = 3;
const MOST_LINES = 6;
const MOST_CELLS_A_SIDE = 12;

/** A curve for each parameter and leading metric. */
export function responseContent(data: ReportData): readonly CaptionedDrawing[] {
  const varied = variedParameters(data.points);
  const metrics = drawnMetrics(data).slice(0, varied.length > 2 ? 1 : MOST_METRICS);
  return metrics.flatMap((metric) => varied.map((parameter) => responseOf(data, { metric, parameter })));
}

/** A map for each objective, or of one metric without objectives, where exactly two parameters vary. */
export function heatMapContent(data: ReportData): readonly CaptionedDrawing[] {
  const varied = variedParameters(data.points);
  const [x, y] = varied;
  if (varied.length !== 2 || x === undefined || y === undefined) return [];
  const columns = valuesOf(data.points, x);
  const rows = valuesOf(data.points, y);
  if (Math.max(columns.length, rows.length) > MOST_CELLS_A_SIDE || data.points.length < 4) return [];
  const objectives = [...new Set(data.objectives.map(({ objective }) => objective))];
  const subjects = objectives.map((objective) => ({
    objective,
    metric: data.objectives.find((row) => row.objective === objective)!.metric,
  }));
  const [first] = drawnMetrics(data);
  const drawn: readonly Subject[] = subjects.length > 0 ? subjects : first === undefined ? [] : [{ metric: first }];
  return drawn.slice(0, MOST_METRICS).map((subject, index) => ({
    drawing: heatMapOf(data, { subject, x, y, columns, rows }),
    caption: `${subject.metric} by ${x} and ${y}, means over runs${
      subject.objective === undefined ? "" : `; verdicts on ${subject.objective}, the thick line is its frontier`
    }`,
    name: `heat-map-${index + 1}`,
  }));
}

interface Subject {
  readonly metric: string;
  readonly objective?: string;
}

function variedParameters(points: readonly SummaryTablePoint[]): readonly string[] {
  return parameterNames(points).filter((name) => valuesOf(points, name).length > 1);
}

/** Numbers by size, other values in the order in which they come. */
function valuesOf(points: readonly SummaryTablePoint[], name: string): readonly ParameterValue[] {
  const values = [...new Set(points.map((point) => parameterOf(point, name)))];
  const numbers = values.filter((value) => typeof value === "number");
  return isNumeric(values) ? numbers.toSorted((a, b) => a - b) : values;
}

function isNumeric(values: readonly ParameterValue[]): boolean {
  return values.every((value) => typeof value === "number" && Number.isFinite(value));
}

function responseOf(
  data: ReportData,
  { metric, parameter }: { readonly metric: string; readonly parameter: string },
): CaptionedDrawing {
  const { points, units, objectives } = data;
  const unit = units.get(metric) ?? "";
  const values = valuesOf(points, parameter);
  const words = isNumeric(values) ? undefined : values.map(parameterText);
  const means = meansOf(data.summary, metric);
  const dotOf = (point: SummaryTablePoint): readonly ResponseDot[] => {
    const row = means.get(point.point_id);
    const value = parameterOf(point, parameter);
    const at = words === undefined ? (value as number) : values.indexOf(value);
    return row === undefined ? [] : [{ ...row, at, title: titleOf(point, row, unit) }];
  };
  const { groups, joined, held } = groupsOf(data, parameter);
  const lines: readonly ResponseLine[] = groups.map(({ name, members }) => ({
    name,
    dots: members.flatMap(dotOf).toSorted((a, b) => a.at - b.at),
  }));
  const limit = objectives.find((row) => row.metric === metric)?.limit;
  const label = `${metric} by ${parameter}. ${lines
    .flatMap(({ dots }) => dots.map(({ title }) => title))
    .slice(0, 12)
    .join("; ")}`;
  return {
    drawing: responseChart(lines, { label, parameter, metric, unit, words, limit, joined }),
    caption: `${metric} by ${parameter}, means over runs with their intervals${held}`,
    name: `response-${metric}-${parameter}`,
  };
}

interface Groups {
  readonly groups: readonly { readonly name: string; readonly members: readonly SummaryTablePoint[] }[];
  readonly joined: boolean;
  /** What is said of the other parameters. */
  readonly held: string;
}

/**
 * Points whose other parameters are the same make a line. Of many lines only that of the baseline, or else of the first point, is drawn; if it is none,
 * because every point has its own values, all points stand for themselves.
 */
function groupsOf({ points, ...data }: ReportData, parameter: string): Groups {
  const baseline = data.baseline?.point_id;
  const others = variedParameters(points).filter((name) => name !== parameter);
  // A word speaks for itself; a number does not, unless the caption says what it is.
  const [only] = others;
  const named = others.length === 1 && only !== undefined && isNumeric(valuesOf(points, only)) ? `${only} ` : "";
  const nameOf = (point: SummaryTablePoint): string =>
    others.map((name) => `${named}${parameterText(parameterOf(point, name))}`).join(", ");
  const all = [...groupedBy(points, nameOf)].map(([name, members]) => ({ name, members }));
  if (all.every(({ members }) => members.length < 2)) {
    const one = [{ name: "", members: points }];
    return { groups: one, joined: others.length === 0, held: others.length === 0 ? "" : "; other parameters vary too" };
  }
  if (all.length <= MOST_LINES) {
    return { groups: all, joined: true, held: others.length > 1 ? `; lines by ${others.join(", ")}` : "" };
  }
  const { members } = all.find((group) => group.members.some(({ point_id }) => point_id === baseline)) ?? all[0]!;
  const held = others.map((name) => `${name} ${parameterText(parameterOf(members[0]!, name))}`).join(", ");
  return { groups: [{ name: "", members }], joined: true, held: `; at ${held}` };
}

function titleOf(point: SummaryTablePoint, row: SummaryTableRow, unit: string): string {
  return `${pointTitle(point)}: ${formatInterval(row, unit)}`;
}

interface HeatMapParts {
  readonly subject: Subject;
  readonly x: string;
  readonly y: string;
  readonly columns: readonly ParameterValue[];
  readonly rows: readonly ParameterValue[];
}

function heatMapOf(data: ReportData, { subject, x, y, columns, rows }: HeatMapParts): Drawing {
  const { metric, objective } = subject;
  const unit = data.units.get(metric) ?? "";
  const means = meansOf(data.summary, metric);
  const verdicts = new Map(
    data.objectives.filter((row) => row.objective === objective).map(({ point_id, verdict }) => [point_id, verdict]),
  );
  const cells: readonly HeatCell[] = data.points.flatMap((point) => {
    const row = means.get(point.point_id);
    if (row === undefined) return [];
    const verdict = verdicts.get(point.point_id);
    const judged = verdict === undefined ? "" : `, ${VERDICT_WORDS[verdict]}`;
    return [
      {
        column: columns.indexOf(parameterOf(point, x)),
        row: rows.indexOf(parameterOf(point, y)),
        estimate: row.estimate,
        text: formatQuantity(row.estimate, unit, row),
        title: titleOf(point, row, unit) + judged,
        verdict,
      },
    ];
  });
  return heatMap(cells, {
    label: `${metric} by ${x} and ${y}. ${cells.map(({ title }) => title).join("; ")}`,
    columns: { name: x, values: columns.map(parameterText) },
    rows: { name: y, values: rows.map(parameterText) },
  });
}
