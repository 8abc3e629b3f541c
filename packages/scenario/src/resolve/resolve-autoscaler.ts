import type { Autoscaler, ScalingPolicy } from "../model/autoscaler.js";
import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedAutoscaler } from "../model/resolved-autoscaler.js";
import { resolveDuration } from "./resolve-distribution.js";

/** `replicas` is the number at the beginning. */
export function resolveAutoscaler(autoscaler: Autoscaler, replicas: number, dialect: Dialect): ResolvedAutoscaler {
  const min = autoscaler.min ?? DEFAULTS.min_replicas;
  const bounds = [{ from_s: 0, min, max: autoscaler.max }];
  for (const { at_s, min: later, max } of autoscaler.schedule ?? []) {
    const last = bounds.at(-1)!;
    bounds.push({ from_s: at_s, min: later ?? last.min, max: max ?? last.max });
  }
  return {
    initial: replicas,
    bounds,
    metric: autoscaler.metric,
    target: autoscaler.target,
    tolerance_ratio: autoscaler.tolerance_ratio ?? DEFAULTS.tolerance_ratio,
    interval_s: autoscaler.interval_s ?? DEFAULTS.scaling_interval_s,
    metric_lag_s: autoscaler.metric_lag_s ?? DEFAULTS.metric_lag_s,
    startup_s: resolveDuration(autoscaler.startup_s ?? 0, dialect),
    ...(autoscaler.warm_up_s === undefined ? {} : { warm_up_s: autoscaler.warm_up_s }),
    scale_up_stabilization_s: autoscaler.scale_up_stabilization_s ?? DEFAULTS.scale_up_stabilization_s,
    scale_down_stabilization_s: autoscaler.scale_down_stabilization_s ?? DEFAULTS.scale_down_stabilization_s,
    scale_up: (autoscaler.scale_up ?? DEFAULTS.scale_up).map(resolvePolicy),
    scale_down: (autoscaler.scale_down ?? DEFAULTS.scale_down).map(resolvePolicy),
    usd_per_replica_hour: autoscaler.usd_per_replica_hour ?? DEFAULTS.usd_per_replica_hour,
  };
}

function resolvePolicy({ replicas, percent, period_s }: ScalingPolicy): ScalingPolicy & { readonly period_s: number } {
  const period = { period_s: period_s ?? DEFAULTS.scaling_period_s };
  return replicas === undefined ? { percent: percent ?? 0, ...period } : { replicas, ...period };
}
