import type { Database } from "../model/database.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedDatabase } from "../model/resolved-scenario.js";
import { resolveProtection } from "./resolve-protection.js";
import { resolveDuration } from "./resolve-distribution.js";

/** Makes the defaults of a database explicit and decides its distributions. */
export function resolveDatabase(database: Database, dialect: Dialect): ResolvedDatabase {
  const { id, pool, workers, queries } = database;
  const gate = resolveProtection(database);
  const limit_s = pool?.checkout_timeout_s;
  const checkout_timeout_s = limit_s === undefined ? null : resolveDuration(limit_s, dialect);
  return {
    id,
    pool: pool === undefined ? null : { size: pool.size, checkout_timeout_s },
    workers: workers ?? null,
    ...(gate === undefined ? {} : { gate }),
    queries: Object.fromEntries(
      Object.entries(queries).map(([name, { service_s }]) => [
        name,
        { service_s: resolveDuration(service_s, dialect) },
      ]),
    ),
  };
}
