import type { CallPolicy, EdgePlan, Plan } from "../plan.js";
import { stepsWithin } from "./steps-within.js";

/** The policies of all callers over an edge: of the generator that it leaves, or of the calls of the server. */
export function policiesOver({ generators, servers }: Plan, { id, source }: EdgePlan): readonly CallPolicy[] {
  const sent = generators.filter((generator) => generator.id === source).map(({ policy }) => policy);
  const endpoints = servers.filter((server) => server.id === source).flatMap((server) => server.endpoints);
  const steps = endpoints.flatMap((endpoint) => stepsWithin(endpoint.steps));
  return [...sent, ...steps.flatMap((step) => (step.kind === "call" && step.edge === id ? [step.policy] : []))];
}
