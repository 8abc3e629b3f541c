import type { Plan } from "../plan.js";
import { costOfReplicas } from "./autoscaler-measures.js";
import { costOfLlms } from "./llm-measures.js";
import { measure, type Measure } from "./measure.js";

/** What the system costs, where something has a price. */
export function costMeasures(plan: Plan): readonly Measure[] {
  const { llms = [], autoscalers = [] } = plan;
  const replicas = autoscalers.some(({ usd_per_replica_hour }) => usd_per_replica_hour > 0);
  const parts = [
    ...(llms.length === 0 ? [] : ["all language models"]),
    ...(replicas ? ["the replicas of all sets that are scaled"] : []),
  ];
  if (parts.length === 0) return [];
  const what = `What ${parts.join(" and ")} cost after the warm-up`;
  return [measure("cost_usd", "USD", what, (r) => costOfLlms(plan, r) + costOfReplicas(plan, r))];
}
