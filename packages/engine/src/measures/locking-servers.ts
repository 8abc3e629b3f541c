import type { Plan, ServerPlan } from "../plan.js";

/** The servers that have tables, in the order in which their rows are recorded. */
export function lockingServers({ servers }: Plan): readonly ServerPlan[] {
  return servers.filter(({ tables = [] }) => tables.length > 0);
}
