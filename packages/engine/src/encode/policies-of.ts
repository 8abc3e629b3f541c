import { PATIENT } from "../patient.js";
import type { CallPolicy, Plan, StepPlan } from "../plan.js";
import { stepsWithin } from "./steps-within.js";

/** All policies of a plan's generators and calls, and of messages, which wait for their work as for a call. */
export function policiesOf({ generators, servers, brokers = [] }: Plan): readonly CallPolicy[] {
  const calls = servers.flatMap(({ endpoints }) => endpoints.flatMap(({ steps }) => ofCalls(stepsWithin(steps))));
  const groups = brokers.flatMap(({ topics }) => topics.flatMap((topic) => topic.groups));
  const messages = groups.map(({ timeout_s }) => ({ ...PATIENT, timeout_s }));
  return [...generators.map(({ policy }) => policy), ...calls, ...messages];
}

function ofCalls(steps: readonly StepPlan[]): readonly CallPolicy[] {
  return steps.filter((step) => step.kind === "call").map(({ policy }) => policy);
}
