import type { Plan, PoolPlan } from "../plan.js";

/** A pool, whose it is, and its position among those of all servers. */
export interface PlacedPool extends PoolPlan {
  readonly server: string;
  readonly index: number;
}

/** The pools of all servers, one server's after another's, as they are recorded. */
export function placedPools(plan: Plan): readonly PlacedPool[] {
  return plan.servers
    .flatMap(({ id, pools }) => pools.map((pool) => ({ ...pool, server: id })))
    .map((pool, index) => ({ ...pool, index }));
}
