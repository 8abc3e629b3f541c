import { tornadoDrawing, type TornadoEnd, type TornadoFactor } from "../charts/tornado-drawing.js";
import type { ComparisonTableRow } from "../comparison/render-comparison.js";
import { formatInterval } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import type { ParameterValue, SummaryTablePoint } from "../summary/summary-row.js";
import type { CaptionedDrawing } from "./captioned-drawing.js";
import { drawnMetrics } from "./drawn-metrics.js";
import { parameterNames, parameterOf, parameterText, pointTitle } from "./point-columns.js";
import { twoSided } from "./two-sided.js";

const MOST_METRICS = 2;

/**
 * A tornado for each leading metric: what each parameter does alone, from the points where all others are as at the baseline. Nothing
 * without a baseline, or where fewer than two parameters vary alone.
 */
export function tornadoContent(data: ReportData): readonly CaptionedDrawing[] {
  const { baseline, points } = data;
  const base = points.find(({ point_id }) => point_id === baseline?.point_id);
  if (baseline === undefined || base === undefined) return [];
  const alone = parameterNames(points)
    .map((name) => ({ name, others: pointsAlone(points, base, name) }))
    .filter(({ others }) => others.length > 0);
  if (alone.length < 2) return [];
  const compared = drawnMetrics(data).filter((metric) => baseline.rows.some((row) => row.metric === metric));
  return compared.slice(0, MOST_METRICS).flatMap((metric) => {
    const rows = new Map(baseline.rows.filter((row) => row.metric === metric).map((row) => [row.point_id, row]));
    const factors = alone.flatMap(({ name, others }) => factorsOf(name, { base, others, rows }));
    const [first] = rows.values();
    return first === undefined ? [] : [tornadoOf(largestFirst(factors), { first, base, data })];
  });
}

/** The points that differ from the base in this parameter alone, by its value if it is a number. */
function pointsAlone(
  points: readonly SummaryTablePoint[],
  base: SummaryTablePoint,
  name: string,
): readonly SummaryTablePoint[] {
  const names = parameterNames(points);
  const alone = points.filter((point) =>
    names.every((other) => (other === name) !== (parameterOf(point, other) === parameterOf(base, other))),
  );
  return [base, ...alone].every((point) => isNumber(parameterOf(point, name)))
    ? alone.toSorted((one, other) => Number(parameterOf(one, name)) - Number(parameterOf(other, name)))
    : alone;
}

function isNumber(value: ParameterValue): boolean {
  return typeof value === "number";
}

interface Parts {
  readonly base: SummaryTablePoint;
  readonly others: readonly SummaryTablePoint[];
  readonly rows: ReadonlyMap<string, ComparisonTableRow>;
}

/** A parameter of numbers has its lowest and highest value; of other values each stands for itself. */
function factorsOf(name: string, { base, others, rows }: Parts): readonly TornadoFactor[] {
  const endOf = (point: SummaryTablePoint | undefined): TornadoEnd | undefined => {
    const row = point === undefined ? undefined : rows.get(point.point_id);
    if (point === undefined || row === undefined) return undefined;
    const { estimate, ci_low, ci_high } = row.difference;
    const value = parameterText(parameterOf(point, name));
    const title = `${name} ${value}: ${formatInterval(row.difference, row.unit)}`;
    return { value, estimate, ci_low, ci_high, title };
  };
  const at = parameterOf(base, name);
  if (typeof at !== "number" || !others.every((point) => isNumber(parameterOf(point, name)))) {
    return others.map((point) => ({ name, high: endOf(point) }));
  }
  const lowest = others.find((point) => Number(parameterOf(point, name)) < at);
  const highest = others.findLast((point) => Number(parameterOf(point, name)) > at);
  return [{ name, low: endOf(lowest), high: endOf(highest) }];
}

function largestFirst(factors: readonly TornadoFactor[]): readonly TornadoFactor[] {
  const sizeOf = ({ low, high }: TornadoFactor): number =>
    Math.max(Math.abs(low?.estimate ?? 0) || 0, Math.abs(high?.estimate ?? 0) || 0);
  return factors.toSorted((one, other) => sizeOf(other) - sizeOf(one));
}

function tornadoOf(
  factors: readonly TornadoFactor[],
  {
    first,
    base,
    data,
  }: { readonly first: ComparisonTableRow; readonly base: SummaryTablePoint; readonly data: ReportData },
): CaptionedDrawing {
  const { metric, unit, base_mean } = first;
  const told = factors.flatMap(({ low, high }) => [low?.title, high?.title]).filter((title) => title !== undefined);
  const label = `What each parameter alone does to ${metric}. ${told.slice(0, 12).join("; ")}`;
  const title = `change of ${metric} from ${formatQuantity(base_mean, unit)}`;
  const confidence = formatPercent(twoSided(data.baseline!.confidence));
  return {
    drawing: tornadoDrawing(factors, { label, title, unit }),
    caption: `What each parameter does to ${metric} alone, the others as at ${pointTitle(base)}. Full: its highest value, pale: its lowest; each with its ${confidence} interval`,
    name: `tornado-${metric}`,
  };
}
