import type { CallPolicy, Plan } from "../plan.js";
import { stepsWithin } from "../encode/steps-within.js";
import { oncePerPlan } from "./once-per-plan.js";

/** The policies of all callers over each edge, in the order of edges: of the generator that it leaves, or of the calls of the server. */
export const policiesByEdge: (plan: Plan) => readonly (readonly CallPolicy[])[] = oncePerPlan(findPoliciesByEdge);

function findPoliciesByEdge({ generators, servers, edges }: Plan): readonly (readonly CallPolicy[])[] {
  const sent = new Map(generators.map(({ id, policy }) => [id, policy]));
  const calls = new Map<string, CallPolicy[]>();
  for (const step of servers.flatMap(({ endpoints }) => endpoints.flatMap(({ steps }) => stepsWithin(steps)))) {
    if (step.kind !== "call") continue;
    const policies = calls.get(step.edge);
    if (policies === undefined) calls.set(step.edge, [step.policy]);
    else policies.push(step.policy);
  }
  return edges.map(({ id, source }) => {
    const policy = sent.get(source);
    return policy === undefined ? (calls.get(id) ?? []) : [policy];
  });
}
