import type { EdgePlan, Plan } from "../plan.js";
import { isPatient } from "./encode-call.js";
import { stepsWithin } from "./steps-within.js";

/** Whether some caller over the edge may give up or try again. */
export function isGuarded({ generators, servers }: Plan, { id, source }: EdgePlan): boolean {
  const generator = generators.find((it) => it.id === source);
  if (generator !== undefined) return !isPatient(generator.policy);
  const server = servers.find((it) => it.id === source);
  const steps = server?.endpoints.flatMap((endpoint) => stepsWithin(endpoint.steps)) ?? [];
  return steps.some((step) => step.kind === "call" && step.edge === id && !isPatient(step.policy));
}
