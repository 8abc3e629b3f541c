import type { Metric, Plan } from "@loadstar/engine";
import type { PrecisionTarget } from "@loadstar/stats";
import type { Problem, ResolvedScenario, Sweep } from "@loadstar/scenario";
import type { StudyOverrides } from "./override-sweep.js";

/** Everything a sweep is about, read, checked and compiled: what `runStudy` runs. */
export interface Study {
  readonly name: string;
  readonly seed: number;
  readonly replications: ReplicationPlan;
  /** Wall time after which a replication is ended [s]; none if absent. */
  readonly replication_timeout_s?: number | undefined;
  /** Nominal coverage of the intervals, range (0, 1). */
  readonly confidence: number;
  readonly parameters: readonly StudyParameter[];
  /** In the order of the design; at least one. */
  readonly points: readonly StudyPoint[];
  /** What is kept of each run. */
  readonly kept: KeptMetrics;
  /** What every point is judged by. */
  readonly objectives: readonly StudyObjective[];
  /** The id of the point that all others are compared with; undefined for none. */
  readonly baseline: string | undefined;
  /** Remarks on the input that are not errors. */
  readonly notes: readonly Problem[];
  readonly source: StudySource;
}

/** What a study was made from. */
export interface StudySource {
  /** As they were named; the same file for a scenario alone. */
  readonly file: string;
  readonly scenarioFile: string;
  /** With all that overrides it. */
  readonly sweep: Sweep;
  /** What overrides the sweep file, to be applied again when that has changed. */
  readonly overrides: StudyOverrides;
  /** The scenario as its file says it. */
  readonly data: unknown;
  /** Digests of what the points take from other files, by these. */
  readonly recorded: Readonly<Record<string, string>>;
  /** The scenario with what is set for all points, and every default filled in. */
  readonly scenario: ResolvedScenario;
}

/** How many runs a point gets: a fixed number, or as many as it takes. */
export interface ReplicationPlan {
  /** Before the first look. */
  readonly min: number;
  /** Never more than this; equal to `min` for a fixed number. */
  readonly max: number;
  /** What must be known how well before it is enough; all at once. */
  readonly targets: readonly StudyTarget[];
  /** Whether it is enough only when every objective is proven met or broken. */
  readonly until_decided: boolean;
}

/** How well the mean of a metric, or the probability to break a limit, must be known. */
export interface StudyTarget {
  /** In words, such as `latency_s_p95 within 2 %`. */
  readonly target: string;
  readonly metric: Metric;
  readonly precision: PrecisionTarget;
}

export interface StudyParameter {
  readonly name: string;
  /** Where its value goes in the scenario. */
  readonly paths: readonly string[];
  readonly type: "number" | "string" | "boolean";
}

/** A demand on a metric; see `objectiveVerdict` for what its parts mean. */
export interface StudyObjective {
  /** In words, such as `latency_s_p95 below 0.2 in 95 % of runs`. */
  readonly objective: string;
  readonly metric: Metric;
  readonly side: "below" | "above";
  /** In the unit of the metric. */
  readonly limit: number;
  readonly estimand: "mean" | "quantile" | "probability";
  /** Of the quantile or the probability, range (0, 1); undefined for a mean. */
  readonly level: number | undefined;
  /** Of a verdict, one-sided, range (0, 1). */
  readonly confidence: number;
}

export interface StudyPoint {
  readonly point_id: string;
  /** In the order of `Study.parameters`; a mapping stands as compact JSON. */
  readonly values: readonly (number | string | boolean)[];
  readonly plan: Plan;
}

/** The metrics, series and histograms that are kept; every point has all of them. */
export interface KeptMetrics {
  readonly metrics: readonly Metric[];
  readonly series: readonly Metric[];
  readonly histograms: readonly Metric[];
  /** Metrics that are measured and not kept. */
  readonly left_out: number;
}
