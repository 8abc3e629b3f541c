import type { CallPolicy, Plan, StepPlan } from "../plan.js";
import { stepsWithin } from "./steps-within.js";

/** All policies of a plan's generators and calls. */
export function policiesOf({ generators, servers }: Plan): readonly CallPolicy[] {
  const calls = servers.flatMap(({ endpoints }) =>
    endpoints.flatMap(({ steps }) => stepsWithin(steps).flatMap(ofCall)),
  );
  return [...generators.map(({ policy }) => policy), ...calls];
}

function ofCall(step: StepPlan): readonly CallPolicy[] {
  return step.kind === "call" ? [step.policy] : [];
}
