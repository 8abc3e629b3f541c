import type { Database, ReadReplicas, RowLock, RowRead } from "../model/database.js";
import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedDatabase } from "../model/resolved-scenario.js";
import { resolvePoolQueue } from "./resolve-pool.js";
import { crowdingIn, resolveProtection } from "./resolve-protection.js";
import type { ResolvedRowLock, ResolvedRowRead } from "../model/resolved-step.js";
import { resolveDuration } from "./resolve-distribution.js";
import { resolvePopularity } from "./resolve-popularity.js";

/** Makes the defaults of a database explicit and decides its distributions. */
export function resolveDatabase(database: Database, dialect: Dialect): ResolvedDatabase {
  const { id, pool, workers, rate_limits, replicas, failover_s, queries } = database;
  const gate = resolveProtection(database);
  const limit_s = pool?.checkout_timeout_s;
  const checkout_timeout_s = limit_s === undefined ? null : resolveDuration(limit_s, dialect);
  return {
    id,
    pool:
      pool === undefined
        ? null
        : {
            size: pool.size,
            checkout_timeout_s,
            ...(pool.queue === undefined ? {} : { queue: resolvePoolQueue(pool.queue) }),
          },
    workers: workers ?? null,
    ...(gate === undefined ? {} : { gate }),
    rate_limits: rate_limits ?? [],
    ...crowdingIn(database),
    replicas: replicas === undefined ? null : resolveReplicas(replicas, dialect),
    failover_s: failover_s ?? null,
    queries: Object.fromEntries(
      Object.entries(queries).map(([name, { access, service_s }]) => [
        name,
        { access: access ?? DEFAULTS.access, service_s: resolveDuration(service_s, dialect) },
      ]),
    ),
  };
}

function resolveReplicas({ count, balancing, lag_s }: ReadReplicas, dialect: Dialect): ResolvedDatabase["replicas"] {
  return {
    count,
    balancing: balancing ?? DEFAULTS.algorithms,
    lag_s: lag_s === undefined ? { kind: "constant", value: 0 } : resolveDuration(lag_s, dialect),
  };
}

/** Makes explicit which row a query reads. */
export function resolveRowRead({ keys, popularity, table }: RowRead): ResolvedRowRead {
  return { table, keys, popularity: resolvePopularity(keys, popularity) };
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
