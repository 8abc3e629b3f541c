import type { Plan } from "../plan.js";

/** Makes a function of a plan remember its result: a plan never changes, and every run of it asks again. */
export function oncePerPlan<Result>(derive: (plan: Plan) => Result): (plan: Plan) => Result {
  const known = new WeakMap<Plan, { readonly result: Result }>();
  return (plan) => {
    const found = known.get(plan) ?? { result: derive(plan) };
    known.set(plan, found);
    return found.result;
  };
}
