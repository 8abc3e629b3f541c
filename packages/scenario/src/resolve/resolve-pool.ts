import type { PoolQueuePlan } from "@loadstar/engine";
import type { Dialect } from "../model/dialect.js";
import type { Pool, PoolQueue } from "../model/pool.js";
import type { ResolvedPool } from "../model/resolved-scenario.js";
import { resolveDuration } from "./resolve-distribution.js";
import { resolveDiscipline } from "./resolve-protection.js";

/** Makes explicit how one waits for a unit of a pool. */
export function resolvePool(pool: number | Pool, dialect: Dialect): ResolvedPool {
  if (typeof pool === "number") return { size: pool };
  const { size, timeout_s, queue } = pool;
  return {
    size,
    ...(timeout_s === undefined ? {} : { timeout_s: resolveDuration(timeout_s, dialect) }),
    ...(queue === undefined ? {} : { queue: resolvePoolQueue(queue) }),
  };
}

/** Makes explicit who wait for a unit of a pool. */
export function resolvePoolQueue(queue: PoolQueue): PoolQueuePlan {
  return { capacity: queue.capacity ?? Infinity, discipline: resolveDiscipline(queue) };
}
