import type { Metric } from "@loadstar/engine";
import type { ParameterValue, Problem } from "@loadstar/scenario";
import type { MorrisTrajectory } from "@loadstar/stats";
import type { StudyPoint } from "../study.js";

/** How sensitivity can be measured; see the functions of stats that make their designs. */
export const SENSITIVITY_METHODS = ["sobol", "morris", "tornado"] as const;
export type SensitivityMethod = (typeof SENSITIVITY_METHODS)[number];

/** A sensitivity analysis, read, checked, drawn and compiled: what `runSensitivity` runs. */
export interface Sensitivity {
  readonly name: string;
  readonly seed: number;
  /** Nominal coverage of each interval, range (0, 1). */
  readonly confidence: number;
  /** Wall time after which a run is ended [s]; none if absent. */
  readonly replication_timeout_s?: number | undefined;
  /** What every point measures. */
  readonly metrics: readonly Metric[];
  /** The parameters that vary, in the order of the file. */
  readonly factors: readonly SensitivityFactor[];
  readonly points: readonly StudyPoint[];
  /** Different runs: a pair of point and replication is run once, however often the design has it. */
  readonly runs: readonly SensitivityRun[];
  readonly design: SensitivityDesign;
  /** Remarks on the input that are not errors. */
  readonly notes: readonly Problem[];
}

export interface SensitivityFactor {
  readonly name: string;
  /** The first of its values or the low end of its range, and the last or the high end. */
  readonly low: ParameterValue;
  readonly high: ParameterValue;
}

export interface SensitivityRun {
  /** Position of the point. */
  readonly point: number;
  readonly replication: number;
}

/** What the design was drawn as; `order` holds, for each of its runs, the position in `Sensitivity.runs`. */
export type SensitivityDesign = { readonly order: Int32Array } & (
  | { readonly method: "sobol"; readonly samples: number; readonly randomizations: number }
  | { readonly method: "morris"; readonly trajectories: readonly MorrisTrajectory[] }
  | { readonly method: "tornado"; readonly replications: number }
);
