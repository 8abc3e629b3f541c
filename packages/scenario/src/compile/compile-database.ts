import type { PoolPlan, ServerPlan, StepPlan, TablePlan } from "@loadstar/engine";
import { connectionPool, WORKERS } from "../model/database.js";
import type { ResolvedDatabase } from "../model/resolved-scenario.js";

/** Compiles a database to a server with an endpoint for each query, which holds a worker and computes nothing. */
export function compileDatabase({ id, workers, queries }: ResolvedDatabase, tables: readonly TablePlan[]): ServerPlan {
  return {
    id,
    group: "",
    zone: "",
    cpu_cores: 1,
    ram_mb: 1,
    pools: workers === null ? [] : [{ name: WORKERS, size: workers }],
    endpoints: Object.entries(queries).map(([name, { service_s }]) => {
      const work: StepPlan = { kind: "io", duration_s: service_s };
      const steps: readonly StepPlan[] = [workers === null ? work : { kind: "hold", pool: WORKERS, steps: [work] }];
      return { name, weight: 1, ram_mb: 0, steps };
    }),
    ...(tables.length === 0 ? {} : { tables }),
  };
}

/** Compiles the connections of a server to a database; none where it needs none to be free. */
export function compileConnections({ id, pool }: ResolvedDatabase): readonly PoolPlan[] {
  if (pool === null) return [];
  const { size, checkout_timeout_s } = pool;
  const limit = checkout_timeout_s === null ? {} : { timeout_s: checkout_timeout_s };
  return [{ name: connectionPool(id), size, ...limit }];
}
