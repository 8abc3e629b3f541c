import type { AutoscalerPlan, Plan } from "../src/index.js";
import { constant } from "./plans.js";

/** A plan whose servers of group `app` are scaled: by CPU, at once and without limits but for what is given. */
export function scaled(plan: Plan, more: Partial<AutoscalerPlan>): Plan {
  const members = plan.servers.flatMap(({ id, group }) => (group === "app" ? [id] : []));
  const free = { stabilization_s: 0, policies: [] };
  const autoscaler: AutoscalerPlan = {
    id: "app",
    members,
    initial: members.length,
    bounds: [{ from_s: 0, min: 1, max: members.length }],
    metric: "cpu_utilization_ratio",
    target: 0.6,
    tolerance_ratio: 0.1,
    interval_s: 15,
    metric_lag_s: 0,
    startup_s: constant(0),
    up: free,
    down: free,
    usd_per_replica_hour: 0,
    ...more,
  };
  return { ...plan, autoscalers: [autoscaler] };
}
