import type { Distribution } from "@loadstar/engine";
import type { AutoscalerMetric, ScalingPolicy } from "./autoscaler.js";

/** Decides how many replicas of a set run. */
export interface ResolvedAutoscaler {
  /** Replicas at the beginning. */
  readonly initial: number;
  /** In ascending order of time [s], the first from 0 on. */
  readonly bounds: readonly { readonly from_s: number; readonly min: number; readonly max: number }[];
  readonly metric: AutoscalerMetric;
  readonly target: number;
  readonly tolerance_ratio: number;
  /** [s] */
  readonly interval_s: number;
  /** [s] */
  readonly metric_lag_s: number;
  /** [s] */
  readonly startup_s: Distribution;
  /** [s]; absent for 0. */
  readonly warm_up_s?: number;
  /** [s] */
  readonly scale_up_stabilization_s: number;
  /** [s] */
  readonly scale_down_stabilization_s: number;
  readonly scale_up: readonly (ScalingPolicy & { readonly period_s: number })[];
  readonly scale_down: readonly (ScalingPolicy & { readonly period_s: number })[];
  readonly usd_per_replica_hour: number;
}
