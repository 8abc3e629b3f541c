import type { HistogramBuckets, Metric } from "@loadstar/engine";
import type { Side } from "@loadstar/stats";
import type { EventSpan, TimeColumns } from "./charts/time-chart.js";
import type { ExceedanceColumns } from "./charts/exceedance-chart.js";
import type { TopologyLink, TopologyNode } from "./charts/topology/topology.js";
import type { ComparisonTableRow } from "./comparison/render-comparison.js";
import type { ObjectiveTableRow } from "./objectives/render-objectives.js";
import type { SummaryTablePoint, SummaryTableRow } from "./summary/summary-row.js";

/** All that a report shows, as plain data: rows of the results' tables and words about how they came about. */
export interface ReportData {
  /** Of the sweep. */
  readonly name: string;
  /** Of the `loadstar sweep` that made the results. */
  readonly exit_code: 0 | 10 | 11 | 12;
  readonly outcomes: Readonly<Record<"completed" | "truncated" | "failed", number>>;
  /** Why runs were truncated or failed, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly runs: number }[];
  readonly confidence: number;
  readonly points: readonly SummaryTablePoint[];
  /** Units of metrics, time series and histograms. */
  readonly units: ReadonlyMap<string, string>;
  /** Of the runs, in the order of their columns. */
  readonly metrics: readonly Metric[];
  readonly summary: readonly SummaryTableRow[];
  readonly objectives: readonly ReportObjective[];
  /** The points that are drawn, in the order of `points`. */
  readonly details: readonly PointDetail[];
  readonly system: SystemOutline;
  /** Against earlier results, if there are any to compare with. */
  readonly change?: ReportChange | undefined;
  /** Against one of the points, if the sweep names it. */
  readonly baseline?: ReportBaseline | undefined;
  /** How the results came about, in the order to show it in. */
  readonly provenance: readonly ReportFact[];
  readonly files: readonly ReportFile[];
}

/** A verdict, and the limit that it is about. */
export interface ReportObjective extends ObjectiveTableRow {
  readonly side: Side;
  /** In the unit of the metric. */
  readonly limit: number;
}

/** What is drawn of one point. */
export interface PointDetail {
  readonly point_id: string;
  readonly series: readonly ReportSeries[];
  readonly histograms: readonly { readonly metric: string; readonly buckets: HistogramBuckets }[];
  readonly exceedances: readonly (ExceedanceColumns & { readonly metric: string; readonly n: number })[];
  /** False where the series of single components were left out, and all its estimates are not listed. */
  readonly in_full: boolean;
}

export interface ReportSeries extends TimeColumns {
  readonly metric: string;
}

/** The simulated system, as far as it is drawn. */
export interface SystemOutline {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly TopologyLink[];
  readonly events: readonly (EventSpan & { readonly kind: string; readonly target: string })[];
  /** What goes wrong at random times. */
  readonly faults: readonly { readonly label: string; readonly kind: string; readonly target: string }[];
  /** [s] */
  readonly horizon_s: number;
  readonly warm_up_s: number;
}

/** What is different from earlier results. */
export interface ReportChange {
  /** What the earlier results are called. */
  readonly base: string;
  /** All tables have the same digests. */
  readonly identical: boolean;
  readonly rows: readonly ComparisonTableRow[];
  readonly unmatched: { readonly points: readonly string[]; readonly metrics: readonly string[] };
  /** Of the claimed differences together. */
  readonly confidence: number;
  /** Verdicts of the earlier results. */
  readonly objectives: readonly ReportObjective[];
}

/** Every other point beside one of them. */
export interface ReportBaseline {
  readonly point_id: string;
  /** Of the claimed differences together. */
  readonly confidence: number;
  readonly rows: readonly ComparisonTableRow[];
}

export interface ReportFact {
  readonly name: string;
  readonly value: string;
}

export interface ReportFile {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}
