import type { Distribution } from "./random/distribution.js";

/**
 * Keeps the number of servers of a replica set in step with its load, by the rule of the Kubernetes horizontal pod autoscaler: the number of
 * replicas times the ratio of metric and target, rounded up. Members that do not run get no requests from load balancers.
 */
export interface AutoscalerPlan {
  /** The replica set. */
  readonly id: string;
  /** Ids of its servers: the first ones run first. All of them are as many as may ever run. */
  readonly members: readonly string[];
  /** Replicas at the beginning, which are ready. */
  readonly initial: number;
  /** Bounds of the number of replicas, from a time on [s]; the first from 0 on, in ascending order. */
  readonly bounds: readonly { readonly from_s: number; readonly min: number; readonly max: number }[];
  /**
   * Averages over an interval and the replicas that are ready: the share of cores in use, requests at the replica, requests that wait for a core
   * or for memory; or the mean time of the requests that left in the interval, from arrival to leaving [s].
   */
  readonly metric: "cpu_utilization_ratio" | "concurrency" | "queue_length" | "latency_s";
  /** In the unit of the metric, > 0. */
  readonly target: number;
  /** Nothing happens while metric and target differ by no more than this share of the target. */
  readonly tolerance_ratio: number;
  /** Time from one measurement and decision to the next [s]. */
  readonly interval_s: number;
  /** How old a measurement is at least when it is used [s]. */
  readonly metric_lag_s: number;
  /** Time from the decision until a new replica gets requests [s]. */
  readonly startup_s: Distribution;
  /**
   * How long a new replica that gets requests already is not measured, and counts as one that starts up: while it is slow because its caches are empty, it says
   * nothing of the load [s]. 0 when left out.
   */
  readonly warm_up_s?: number;
  readonly up: ScalingPlan;
  readonly down: ScalingPlan;
  /** Price of a replica that runs, starting up and draining included; 0 for none. */
  readonly usd_per_replica_hour: number;
}

/** How fast the number of replicas may change in one direction. */
export interface ScalingPlan {
  /** The most cautious recommendation of this time counts [s]. */
  readonly stabilization_s: number;
  /** The boldest of them counts; none for no limit. */
  readonly policies: readonly {
    /** `value` is a number of replicas, or a percentage of those at the beginning of the period. */
    readonly kind: "replicas" | "percent";
    readonly value: number;
    readonly period_s: number;
  }[];
}
