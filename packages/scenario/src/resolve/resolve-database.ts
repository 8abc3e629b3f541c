import type { Database, RowLock } from "../model/database.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedDatabase } from "../model/resolved-scenario.js";
import type { ResolvedRowLock } from "../model/resolved-step.js";
import { resolveDuration } from "./resolve-distribution.js";
import { resolvePopularity } from "./resolve-popularity.js";

/** Makes the defaults of a database explicit and decides its distributions. */
export function resolveDatabase({ id, pool, workers, queries }: Database, dialect: Dialect): ResolvedDatabase {
  const limit_s = pool?.checkout_timeout_s;
  const checkout_timeout_s = limit_s === undefined ? null : resolveDuration(limit_s, dialect);
  return {
    id,
    pool: pool === undefined ? null : { size: pool.size, checkout_timeout_s },
    workers: workers ?? null,
    queries: Object.fromEntries(
      Object.entries(queries).map(([name, { service_s }]) => [
        name,
        { service_s: resolveDuration(service_s, dialect) },
      ]),
    ),
  };
}

/** Makes explicit which row a query of this name locks, and for how long it waits. */
export function resolveRowLock(lock: RowLock, query: string, dialect: Dialect): ResolvedRowLock {
  const { keys, popularity, table, wait_timeout_s } = lock;
  return {
    table: table ?? query,
    keys,
    popularity: resolvePopularity(keys, popularity),
    wait_timeout_s: wait_timeout_s === undefined ? null : resolveDuration(wait_timeout_s, dialect),
  };
}
