import type { Plan, PoolPlan, ServerPlan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** A pool, whose it is, and its position among those of all servers. */
export interface PlacedPool extends PoolPlan {
  readonly server: string;
  readonly index: number;
}

/** The pools of all servers, one server's after another's, as they are recorded. */
export const placedPools: (plan: Plan) => readonly PlacedPool[] = oncePerPlan(findPlacedPools);

function findPlacedPools(plan: Plan): readonly PlacedPool[] {
  return plan.servers
    .flatMap((server) => poolsOf(server).map((pool) => ({ ...pool, server: server.id })))
    .map((pool, index) => ({ ...pool, index }));
}

/** The pool of a server's threads. */
export const THREADS = "threads";

/** A server's pools; its threads are one. */
function poolsOf({ pools, cpu }: ServerPlan): readonly PoolPlan[] {
  return cpu === undefined || cpu.threads === 0 ? pools : [...pools, { name: THREADS, size: cpu.threads }];
}
