import type { Metric } from "@loadstar/engine";
import { renderObjectives, renderResponseCurve, renderSummaryTable } from "@loadstar/report";
import type { ObjectiveRow, Results, SummaryRow } from "@loadstar/store";
import type { Channel } from "./terminal.js";
import { matchesAny, type Study } from "@loadstar/sweep";
import { UsageError } from "./usage-error.js";

/** Metrics that people see unless they ask for others; all where none of these was kept. */
const SHOWN = ["throughput_per_s", "latency_s_mean", "latency_s_p95", "latency_s_p99", "error_ratio"];

/** More servers than this are not shown without being asked for. */
const SERVERS_SHOWN = 3;

/** The metric of the response curve, when there is one parameter. */
const CURVE_METRIC = "latency_s_p95";

interface ViewPoint {
  readonly point_id: string;
  readonly parameters: Readonly<Record<string, number | string | boolean | null>>;
}

/** What a results directory holds, as far as a summary shows it. */
export interface SummaryView {
  readonly points: readonly ViewPoint[];
  readonly metrics: readonly Metric[];
  readonly rows: readonly SummaryRow[];
  readonly objectives: readonly ObjectiveRow[];
}

/** Reads the summary of a results directory. @throws ResultsError */
export async function readSummaryView(results: Results): Promise<SummaryView> {
  const { parameters, rows: pointRows } = await results.readPoints();
  const points = pointRows.map(({ point_id, values }) => ({
    point_id,
    parameters: Object.fromEntries(parameters.map(({ name }, index) => [name, values[index] ?? null])),
  }));
  return {
    points,
    metrics: await results.readRunMetrics(),
    rows: await results.readSummary(),
    objectives: results.has("objectives") ? await results.readObjectives() : [],
  };
}

/** The same of a study that is under way. */
export function summaryViewOf({ points, parameters, kept }: Study, rows: readonly SummaryRow[]): SummaryView {
  const known = new Set(rows.map(({ point_id }) => point_id));
  return {
    points: points
      .filter(({ point_id }) => known.has(point_id))
      .map(({ point_id, values }) => ({
        point_id,
        parameters: Object.fromEntries(parameters.map(({ name }, index) => [name, values[index] ?? null])),
      })),
    metrics: kept.metrics,
    rows,
    objectives: [],
  };
}

/**
 * The machine's summary: means with their intervals, by point and metric, and the verdicts on the objectives. NaN and infinite bounds are null.
 * @throws UsageError when no metric matches the patterns
 */
export function summaryJson(view: SummaryView, patterns: readonly string[]): object {
  const { points, rows, objectives } = view;
  if (patterns.length > 0) chosenMetrics(view, patterns);
  const byPoint = new Map<string, SummaryRow[]>(points.map(({ point_id }) => [point_id, []]));
  for (const row of rows) {
    const wanted = patterns.length === 0 || matchesAny(patterns, row.metric);
    if (row.estimand === "mean" && wanted) byPoint.get(row.point_id)?.push(row);
  }
  return {
    points: points.map(({ point_id, parameters }) => ({
      point_id,
      parameters,
      metrics: Object.fromEntries(
        (byPoint.get(point_id) ?? []).map(({ metric, estimate, ci_low, ci_high, std_error, n, n_failed, method }) => [
          metric,
          { estimate, ci_low, ci_high, std_error, n, n_failed, method },
        ]),
      ),
      objectives: objectives.filter((row) => row.point_id === point_id).map(withoutPoint),
    })),
  };
}

/** The columns of `objectives.arrow`, but the point under which it stands. */
function withoutPoint(row: ObjectiveRow): object {
  return Object.fromEntries(Object.entries(row).filter(([column]) => column !== "point_id"));
}

/** The people's summary: a table, a curve when there is one parameter of numbers, and the verdicts. */
export function summaryText(view: SummaryView, patterns: readonly string[], { width, paint }: Channel): string {
  const shown = patterns.length === 0 ? defaultMetrics(view.metrics) : chosenMetrics(view, patterns);
  const rows = view.rows.filter(({ estimand }) => estimand !== "quantile_0.5" && estimand !== "quantile_0.95");
  const units = new Map(view.metrics.map(({ name, unit }) => [name, unit]));
  const table = renderSummaryTable(rows, { metrics: shown, points: view.points, units, width, paint });
  const verdicts = renderObjectives(view.objectives, { points: view.points, units, width, paint });
  return [table, ...curve(view, shown, { width, paint }), ...(verdicts === "" ? [] : [verdicts])].join("\n\n");
}

function curve(view: SummaryView, shown: readonly string[], style: Pick<Channel, "width" | "paint">): string[] {
  const names = Object.keys(view.points[0]?.parameters ?? {});
  const [parameter] = names;
  const metric = shown.includes(CURVE_METRIC) ? CURVE_METRIC : shown[0];
  if (names.length !== 1 || parameter === undefined || metric === undefined || view.points.length < 2) return [];
  const points = view.points.flatMap(({ point_id, parameters }) => {
    const value = parameters[parameter];
    const row = view.rows.find((it) => it.point_id === point_id && it.metric === metric && it.estimand === "mean");
    return typeof value === "number" && row !== undefined ? [{ ...row, parameter_value: value }] : [];
  });
  if (points.length < view.points.length) return [];
  const unit = view.metrics.find(({ name }) => name === metric)?.unit ?? "";
  return [renderResponseCurve(points, { parameter, metric, unit, ...style })];
}

function defaultMetrics(metrics: readonly Metric[]): readonly string[] {
  const names = metrics.map(({ name }) => name);
  const utilizations = names.filter((name) => name.endsWith(".cpu_utilization_ratio"));
  const known = SHOWN.filter((name) => names.includes(name));
  const shown = [...known, ...(utilizations.length > SERVERS_SHOWN ? [] : utilizations)];
  return shown.length > 0 ? shown : names;
}

function chosenMetrics({ rows }: SummaryView, patterns: readonly string[]): readonly string[] {
  const names = [...new Set(rows.map(({ metric }) => metric))];
  const chosen = names.filter((name) => matchesAny(patterns, name));
  if (chosen.length > 0) return chosen;
  throw new UsageError(`--metric must match a metric of the results: current value is ${patterns.join(", ")}`);
}
