import type { Duration } from "./distribution-mapping.js";

/** Keeps the number of replicas of a set in step with its load, as the horizontal pod autoscaler of Kubernetes does. */
export interface Autoscaler {
  /** An average over the replicas that are ready: of the share of cores in use, of requests at the replica, of those that wait; or the mean time at it. */
  readonly metric: AutoscalerMetric;
  /** In the unit of the metric. */
  readonly target: number;
  /** Bounds of the number of replicas; `min` is 1 by default. */
  readonly min?: number;
  readonly max: number;
  /** The metric may differ from the target by this share of it without consequence; default 0.1. */
  readonly tolerance_ratio?: number;
  /** Time between decisions, over which the metric is averaged [s]; default 15. */
  readonly interval_s?: number;
  /** How old the metric is [s]; default 0. */
  readonly metric_lag_s?: number;
  /** From the decision until a new replica gets requests [s]; default 0. */
  readonly startup_s?: Duration;
  /** For how long a new replica that gets requests is not measured yet [s]; default 0. */
  readonly warm_up_s?: number;
  /** The most cautious recommendation of this time counts [s]; default 0 for more replicas, 300 for fewer. */
  readonly scale_up_stabilization_s?: number;
  readonly scale_down_stabilization_s?: number;
  /** How many replicas may come or go in a period, the most of them; by default those of Kubernetes. Empty for no limit. */
  readonly scale_up?: readonly ScalingPolicy[];
  readonly scale_down?: readonly ScalingPolicy[];
  /** Other bounds from a time on. */
  readonly schedule?: readonly ScheduledBounds[];
  /** Default 0. */
  readonly usd_per_replica_hour?: number;
}

/** What an autoscaler looks at. */
export type AutoscalerMetric = "cpu_utilization_ratio" | "concurrency" | "queue_length" | "latency_s";

/** So many replicas, or percent of those at its beginning, in a period: one of the two. */
export interface ScalingPolicy {
  readonly replicas?: number;
  readonly percent?: number;
  /** [s]; default 15. */
  readonly period_s?: number;
}

/** What is not given stays as it was. */
export interface ScheduledBounds {
  /** [s] */
  readonly at_s: number;
  readonly min?: number;
  readonly max?: number;
}
