import type { Plan, PoolPlan, ServerPlan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";
import { placedBulkheads } from "./placed-bulkheads.js";

/** A pool, whose it is, and its position among all. */
export interface PlacedPool extends PoolPlan {
  /** The server that has it; of a bulkhead, the edge. */
  readonly component: string;
  /** What a bulkhead is found by; left out for other pools. */
  readonly bulkhead?: string;
  readonly index: number;
}

/** The pools of all servers, one server's after another's, and then the bulkheads, as they are recorded. */
export const placedPools: (plan: Plan) => readonly PlacedPool[] = oncePerPlan(findPlacedPools);

function findPlacedPools(plan: Plan): readonly PlacedPool[] {
  const ofServers = plan.servers.flatMap((server) =>
    poolsOf(server).map((pool) => ({ ...pool, component: server.id })),
  );
  return [...ofServers, ...placedBulkheads(plan)].map((pool, index) => ({ ...pool, index }));
}

/** The pool of a server's threads. */
export const THREADS = "threads";

/** A server's pools; its threads are one. */
function poolsOf({ pools, cpu }: ServerPlan): readonly PoolPlan[] {
  return cpu === undefined || cpu.threads === 0 ? pools : [...pools, { name: THREADS, size: cpu.threads }];
}
