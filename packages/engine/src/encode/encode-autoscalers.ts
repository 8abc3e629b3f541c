import type { AutoscalerPlan, ScalingPlan } from "../autoscaler-plan.js";
import { OP_DECIDE_REPLICAS, OP_REPLICA_READY } from "../kernel/operations/scaling.js";
import { USAGE_CONCURRENCY, USAGE_CPU, USAGE_LATENCY, USAGE_QUEUE } from "../kernel/scaling/usage.js";
import type { Plan } from "../plan.js";
import type { Encoding } from "./encoding.js";
import { list } from "./list.js";

const USAGES = {
  cpu_utilization_ratio: USAGE_CPU,
  concurrency: USAGE_CONCURRENCY,
  queue_length: USAGE_QUEUE,
  latency_s: USAGE_LATENCY,
} as const;

/** What the constructors of all `Autoscaler` read. */
export function encodeAutoscalers({ plan, streams }: Encoding): readonly number[] {
  return (plan.autoscalers ?? []).flatMap((autoscaler) => {
    const { id, members, initial, bounds, metric, target, tolerance_ratio, interval_s, metric_lag_s } = autoscaler;
    return [
      ...list(members, (member) => [serverAt(plan, autoscaler, member)]),
      initial,
      ...list(bounds, ({ from_s, min, max }) => [from_s, min, max]),
      USAGES[metric],
      target,
      tolerance_ratio,
      interval_s,
      decisionsIn(metric_lag_s, interval_s),
      streams.add(id, "startup", autoscaler.startup_s),
      autoscaler.warm_up_s ?? 0,
      ...encodeLimits(autoscaler.up, interval_s),
      ...encodeLimits(autoscaler.down, interval_s),
    ];
  });
}

/** Where the program of each autoscaler begins. */
export function encodeScaling({ plan, program }: Encoding): readonly number[] {
  return (plan.autoscalers ?? []).map(({ members }, index) => {
    const ways = members.map((_, replica) => ({
      to: program.add({ op: OP_REPLICA_READY, index, amount: replica }),
      share: 1,
    }));
    return program.add({ op: OP_DECIDE_REPLICAS, index, ways });
  });
}

function encodeLimits({ stabilization_s, policies }: ScalingPlan, interval_s: number): readonly number[] {
  return [
    Math.max(1, decisionsIn(stabilization_s, interval_s)),
    ...list(policies, ({ kind, value, period_s }) => [
      kind === "percent" ? 1 : 0,
      value,
      Math.max(1, decisionsIn(period_s, interval_s)),
    ]),
  ];
}

/** Decisions from one moment to a later one, the first included and the last not. */
function decisionsIn(duration_s: number, interval_s: number): number {
  return Math.ceil(duration_s / interval_s - 1e-9);
}

function serverAt({ servers }: Plan, { id }: AutoscalerPlan, member: string): number {
  const index = servers.findIndex((server) => server.id === member);
  if (index < 0) throw new RangeError(`Cannot resolve autoscaler of "${id}": there is no server "${member}"`);
  return index;
}
