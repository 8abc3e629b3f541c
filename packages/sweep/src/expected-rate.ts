import type { GeneratorPlan, Plan } from "@loadstar/engine";

/** Requests a second that all generators of a plan give on average, as far as their distributions name a mean. */
export function expectedRate_per_s({ generators }: Pick<Plan, "generators">): number {
  return generators.reduce((sum, generator) => sum + rate_per_s(generator), 0);
}

function rate_per_s({ users, requests_per_user_per_s }: GeneratorPlan): number {
  if (users.kind === "constant") return users.value * requests_per_user_per_s;
  return "mean" in users ? users.mean * requests_per_user_per_s : 0;
}
