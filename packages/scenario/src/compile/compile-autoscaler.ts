import type { AutoscalerPlan, ScalingPlan } from "@loadstar/engine";
import type { ScalingPolicy } from "../model/autoscaler.js";
import { copiesOf } from "../model/replica-set.js";
import type { ResolvedServer } from "../model/resolved-scenario.js";

/** Compiles the autoscaler of a set that has not been expanded yet; nothing for a server without one. */
export function compileAutoscaler(set: ResolvedServer): readonly AutoscalerPlan[] {
  const { id, autoscaler } = set;
  if (autoscaler === undefined) return [];
  const { scale_up_stabilization_s, scale_down_stabilization_s, scale_up, scale_down, ...same } = autoscaler;
  return [
    {
      id,
      members: copiesOf(set).map((replica) => replica.id),
      ...same,
      up: compileScaling(scale_up_stabilization_s, scale_up),
      down: compileScaling(scale_down_stabilization_s, scale_down),
    },
  ];
}

function compileScaling(
  stabilization_s: number,
  policies: readonly (ScalingPolicy & { readonly period_s: number })[],
): ScalingPlan {
  return {
    stabilization_s,
    policies: policies.map(({ replicas, percent, period_s }) =>
      replicas === undefined
        ? { kind: "percent", value: percent ?? 0, period_s }
        : { kind: "replicas", value: replicas, period_s },
    ),
  };
}
