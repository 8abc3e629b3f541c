import type { EdgePlan, Plan } from "../plan.js";
import { isPatient } from "./encode-call.js";
import { policiesOver } from "./policies-over.js";

/** Whether some caller over the edge may give up, try again or be kept from it. */
export function isGuarded(plan: Plan, edge: EdgePlan): boolean {
  return policiesOver(plan, edge).some((policy) => !isPatient(policy));
}
