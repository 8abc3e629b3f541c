import { intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import type { SummaryTablePoint, SummaryTableRow } from "../summary/summary-row.js";
import { numberCell, textCell, type ContentTable } from "./content-table.js";
import { meansOf } from "./means-of.js";
import { componentOf } from "./metric-name.js";
import { partsOfSets } from "./parts-of-sets.js";
import { pointColumns } from "./point-columns.js";

/** Metrics that everybody asks for first, in this order. */
const FIRST = ["latency_s_p95", "latency_s_p99", "throughput_per_s", "error_ratio", "latency_s_p50", "latency_s_mean"];

/** The metrics to show: those of objectives and what everybody asks for, in the usual order; the first ones if none is there. */
export function leadingMetrics({ metrics, objectives }: ReportData, most: number): readonly string[] {
  const names = new Set(metrics.map(({ name }) => name));
  const wanted = [...objectives.map(({ metric }) => metric), ...FIRST].filter((name) => names.has(name));
  const leading = new Set([...new Set(wanted)].slice(0, most));
  if (leading.size === 0) return [...names].slice(0, most);
  return [...FIRST.filter((name) => leading.has(name)), ...[...leading].filter((name) => !FIRST.includes(name))];
}

/** A table of means over runs with their intervals: a row for each point. */
export function estimatesContent(data: ReportData, metrics: readonly string[]): ContentTable {
  const { points, units, confidence } = data;
  const { columns, cellsOf } = pointColumns(points);
  const means = metrics.map((metric) => meansOf(data.summary, metric));
  return {
    caption: `Means over runs with their ${formatPercent(confidence)} intervals`,
    columns: [
      ...columns,
      ...metrics.flatMap((heading) => [
        { heading, align: "right" as const },
        { heading: `${formatPercent(confidence)} interval`, align: "left" as const },
      ]),
      { heading: "n", align: "right" },
    ],
    rows: points.map((point) => {
      const found = means.map((ofMetric) => ofMetric.get(point.point_id));
      const cells = found.flatMap((row, index) => {
        if (row === undefined) return [textCell("-"), textCell("")];
        const { estimate, interval } = intervalText(row, units.get(metrics[index]!) ?? "");
        return [numberCell(estimate, row.estimate), textCell(interval)];
      });
      const used = found.map((row) => row?.n ?? 0).reduce((least, n) => Math.min(least, n), Infinity);
      const n = Number.isFinite(used) ? used : 0;
      return [...cellsOf(point), ...cells, numberCell(formatQuantity(n, "1"), n)];
    }),
  };
}

/** Estimates of one point, and why some are not among them. */
export interface PointEstimates {
  readonly table: ContentTable;
  /** Empty if all are. */
  readonly left_out: string;
}

/** So many are listed whatever they are. */
const FEW = 250;

/** All estimates of one point; of many, not those of single parts of sets and those that are 0 in every run. */
export function pointContent(data: ReportData, { point_id }: SummaryTablePoint): PointEstimates {
  const setOf = partsOfSets(data.system);
  const all = data.summary.filter((row) => row.point_id === point_id);
  if (all.length <= FEW) return { table: tableOf(all, data), left_out: "" };
  const ofWholes = all.filter(({ metric }) => setOf(componentOf(metric) ?? "") === undefined);
  const rows = ofWholes.filter((row) => !isNothing(row));
  return {
    table: tableOf(rows, data),
    left_out: leftOutText({ parts: all.length - ofWholes.length, zeros: ofWholes.length - rows.length }),
  };
}

/** Also where no run has a value. */
function isNothing({ estimate, ci_low, ci_high, n }: SummaryTableRow): boolean {
  return n === 0 || (estimate === 0 && ci_low === 0 && ci_high === 0);
}

function leftOutText({ parts, zeros }: { readonly parts: number; readonly zeros: number }): string {
  const counts = [
    ...(parts > 0 ? [`${formatQuantity(parts, "1")} of single parts of sets`] : []),
    ...(zeros > 0 ? [`${formatQuantity(zeros, "1")} that are 0 or absent in every run`] : []),
  ];
  return counts.length === 0 ? "" : `Not listed: ${counts.join(", ")}. loadstar summary has all.`;
}

function tableOf(rows: readonly SummaryTableRow[], data: ReportData): ContentTable {
  return {
    caption: "Estimates of this point",
    columns: [
      { heading: "metric", align: "left" },
      { heading: "estimand", align: "left" },
      { heading: "estimate", align: "right" },
      { heading: `${formatPercent(data.confidence)} interval`, align: "left" },
      { heading: "n", align: "right" },
      { heading: "failed", align: "right" },
      { heading: "method", align: "left" },
      { heading: "remarks", align: "left" },
    ],
    rows: rows.map((row) => {
      const { estimate, interval } = intervalText(row, unitOf(row, data.units));
      return [
        textCell(row.metric),
        textCell(row.estimand.replace("_", " ")),
        numberCell(estimate, row.estimate),
        textCell(interval),
        numberCell(formatQuantity(row.n, "1"), row.n),
        numberCell(formatQuantity(row.n_failed, "1"), row.n_failed),
        textCell(row.method.replaceAll("_", " ")),
        textCell(row.flags.join(", ").replaceAll("_", " ")),
      ];
    }),
  };
}

function unitOf({ metric, estimand }: SummaryTableRow, units: ReadonlyMap<string, string>): string {
  return estimand === "probability" ? "ratio" : (units.get(metric) ?? "");
}
