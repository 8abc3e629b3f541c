import type { FaultEffectPlan, Plan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** A component that is recorded how often it is in trouble. */
export interface TroubledComponent {
  readonly id: string;
  /** Whether it may be down, and whether something else may be wrong with it. */
  readonly fails: boolean;
  readonly is_impaired: boolean;
}

/** Those that faults or crashes happen to, servers before edges before generators, in the plan's order. Of them all else that goes wrong is recorded too. */
export const troubledComponents: (plan: Plan) => readonly TroubledComponent[] = oncePerPlan(findTroubledComponents);

function findTroubledComponents(plan: Plan): readonly TroubledComponent[] {
  const { generators, servers, edges, disruptions, faults = [] } = plan;
  const byChance = faults.flatMap(({ effects }) => effects);
  const troubled = new Set(
    [...byChance, ...disruptions.filter(({ kind }) => kind === "crash")].map(({ target }) => target),
  );
  const effects: readonly FaultEffectPlan[] = [...byChance, ...disruptions];
  const failing = new Set(effects.filter(isOutage).map(({ target }) => target));
  const impaired = new Set(effects.filter((effect) => !isOutage(effect)).map(({ target }) => target));
  return [...servers, ...edges, ...generators]
    .filter(({ id }) => troubled.has(id))
    .map(({ id }) => ({ id, fails: failing.has(id), is_impaired: impaired.has(id) }));
}

function isOutage({ kind }: FaultEffectPlan): boolean {
  return kind === "server_down" || kind === "crash";
}
