import type { Metric } from "@loadstar/engine";
import {
  formatPercent,
  otherLoadSentence,
  renderComparison,
  renderObjectives,
  renderResponseCurve,
  renderSummaryTable,
  visibleText,
} from "@loadstar/report";
import { didYouMean } from "@loadstar/scenario";
import type { ObjectiveRow, Results, SummaryRow } from "@loadstar/store";
import type { Channel } from "./terminal.js";
import { baselineDifferences, matchesAny, USUAL_METRICS, type BaselineDifferences, type Study } from "@loadstar/sweep";
import { UsageError } from "./usage-error.js";

/** More servers than this are not shown without being asked for. */
const SERVERS_SHOWN = 3;

/** Beginning of the estimand of a quantile of all requests together. */
const REQUEST_QUANTILE = "request_quantile_";

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
  /** Every other point beside one of them; undefined where none was chosen. */
  readonly baseline: BaselineDifferences | undefined;
}

export interface SummaryViewOptions {
  /** Patterns of metrics; none: those that are shown by default. */
  readonly metrics: readonly string[];
  /** Id of the point to compare the others with, instead of that of the sweep. */
  readonly baseline?: string | undefined;
}

/** Reads the summary of a results directory. @throws ResultsError; UsageError when the baseline is none of its points */
export async function readSummaryView(results: Results, options: SummaryViewOptions): Promise<SummaryView> {
  const { parameters, rows: pointRows } = await results.readPoints();
  const points = pointRows.map(({ point_id, values }) => ({
    point_id,
    parameters: Object.fromEntries(parameters.map(({ name }, index) => [name, values[index] ?? null])),
  }));
  const metrics = await results.readRunMetrics();
  const objectives = results.has("objectives") ? await results.readObjectives() : [];
  const ids = points.map(({ point_id }) => point_id);
  return {
    points,
    metrics,
    rows: await results.readSummary(),
    objectives,
    baseline: await readBaseline(results, { ...options, ids, objectives }),
  };
}

async function readBaseline(
  results: Results,
  {
    metrics,
    baseline,
    ids,
    objectives,
  }: SummaryViewOptions & { readonly ids: readonly string[]; readonly objectives: readonly ObjectiveRow[] },
): Promise<BaselineDifferences | undefined> {
  const point_id = baseline ?? results.manifest["baseline"];
  if (typeof point_id !== "string") return undefined;
  if (!ids.includes(point_id)) {
    throw new UsageError(
      `--baseline must be the id of a point${didYouMean(point_id, ids)}: current value is ${point_id}`,
    );
  }
  const wanted = metrics.length === 0 ? undefined : (name: string) => matchesAny(metrics, name);
  return await baselineDifferences(results, { point_id, objectives, wanted });
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
    baseline: undefined,
  };
}

/**
 * The machine's summary: means with their intervals, by point and metric, and the verdicts on the objectives. NaN and infinite bounds are null.
 * @throws UsageError when no metric matches the patterns
 */
export function summaryJson(view: SummaryView, patterns: readonly string[]): object {
  const { points, rows, objectives, baseline } = view;
  if (patterns.length > 0) chosenMetrics(view, patterns);
  const byPoint = new Map<string, SummaryRow[]>(points.map(({ point_id }) => [point_id, []]));
  const ofRequests = new Map<string, SummaryRow>();
  for (const row of rows) {
    const wanted = patterns.length === 0 || matchesAny(patterns, row.metric);
    if (row.estimand === "mean" && wanted) byPoint.get(row.point_id)?.push(row);
    if (row.estimand.startsWith(REQUEST_QUANTILE)) ofRequests.set(`${row.point_id}\n${row.metric}`, row);
  }
  const estimateOf = ({ estimate, ci_low, ci_high, std_error, n, n_failed, method }: SummaryRow): object => {
    return { estimate, ci_low, ci_high, std_error, n, n_failed, method };
  };
  return {
    points: points.map(({ point_id, parameters }) => ({
      point_id,
      parameters,
      metrics: Object.fromEntries(
        (byPoint.get(point_id) ?? []).map((row) => {
          const requests = ofRequests.get(`${point_id}
${row.metric}`);
          const more = requests === undefined ? {} : { of_requests: estimateOf(requests) };
          return [row.metric, { ...estimateOf(row), ...more }];
        }),
      ),
      objectives: objectives.filter((row) => row.point_id === point_id).map(withoutPoint),
    })),
    ...(baseline === undefined
      ? {}
      : {
          baseline: {
            point_id: baseline.point_id,
            confidence: baseline.confidence,
            comparisons: baseline.rows.map(({ difference, ...row }) => ({ ...row, ...difference })),
          },
        }),
  };
}

/** The columns of `objectives.arrow`, but the point under which it stands. */
function withoutPoint(row: ObjectiveRow): object {
  return Object.fromEntries(Object.entries(row).filter(([column]) => column !== "point_id"));
}

/** The people's summary: a table, a curve when there is one parameter, and the verdicts. */
export function summaryText(view: SummaryView, patterns: readonly string[], { width, paint }: Channel): string {
  const shown = patterns.length === 0 ? defaultMetrics(view.metrics) : chosenMetrics(view, patterns);
  const rows = view.rows.filter(({ estimand }) => estimand === "mean" || estimand === "probability");
  const units = new Map(view.metrics.map(({ name, unit }) => [name, unit]));
  const table = renderSummaryTable(rows, { metrics: shown, points: view.points, units, width, paint });
  const verdicts = renderObjectives(view.objectives, { points: view.points, units, width, paint });
  const differences = baselineText(view, { width, paint });
  return [table, ...curve(view, shown, { width, paint }), verdicts, differences].filter((it) => it !== "").join("\n\n");
}

/** Each point against the baseline: differences with their intervals, paired by replication. */
function baselineText({ baseline, points }: SummaryView, { width, paint }: Pick<Channel, "width" | "paint">): string {
  if (baseline === undefined || baseline.rows.length === 0) return "";
  const { point_id, confidence, rows } = baseline;
  const title = `against ${visibleText(point_id)}, paired by replication; claimed differences together ${formatPercent(confidence)} sure`;
  const loose = rows.filter(({ difference }) => difference.flags.includes("low_correlation")).length;
  const notes = [
    otherLoadSentence(rows),
    loose === 0
      ? undefined
      : `common random numbers helped little in ${loose} of ${rows.length} comparisons (variance reduction below 1.2)`,
  ].filter((note) => note !== undefined);
  const table = renderComparison(rows, { points, confidence: 2 * confidence - 1, width, paint });
  return [title, table, ...notes].join("\n");
}

function curve(view: SummaryView, shown: readonly string[], style: Pick<Channel, "width" | "paint">): string[] {
  const names = Object.keys(view.points[0]?.parameters ?? {});
  const [parameter] = names;
  const metric = shown.includes(CURVE_METRIC) ? CURVE_METRIC : shown[0];
  if (names.length !== 1 || parameter === undefined || metric === undefined || view.points.length < 2) return [];
  const points = view.points.flatMap(({ point_id, parameters }) => {
    const value = parameters[parameter];
    const row = view.rows.find((it) => it.point_id === point_id && it.metric === metric && it.estimand === "mean");
    return value !== undefined && value !== null && row !== undefined ? [{ ...row, parameter_value: value }] : [];
  });
  if (points.length < view.points.length) return [];
  const unit = view.metrics.find(({ name }) => name === metric)?.unit ?? "";
  return [renderResponseCurve(points, { parameter, metric, unit, ...style })];
}

function defaultMetrics(metrics: readonly Metric[]): readonly string[] {
  const names = metrics.map(({ name }) => name);
  const utilizations = names.filter((name) => name.endsWith(".cpu_utilization_ratio"));
  const known = USUAL_METRICS.filter((name) => names.includes(name));
  const shown = [...known, ...(utilizations.length > SERVERS_SHOWN ? [] : utilizations)];
  return shown.length > 0 ? shown : names;
}

function chosenMetrics({ rows }: SummaryView, patterns: readonly string[]): readonly string[] {
  const names = [...new Set(rows.map(({ metric }) => metric))];
  const chosen = names.filter((name) => matchesAny(patterns, name));
  if (chosen.length > 0) return chosen;
  throw new UsageError(`--metric must match a metric of the results: current value is ${patterns.join(", ")}`);
}
