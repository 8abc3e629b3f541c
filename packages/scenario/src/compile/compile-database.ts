import type { LoadBalancerPlan, PoolPlan, ServerPlan, StepPlan, TablePlan } from "@loadstar/engine";
import { connectionPool, databaseReplicas, readsId, WORKERS, writesId } from "../model/database.js";
import type { ResolvedDatabase } from "../model/resolved-scenario.js";
import { compileRateLimit } from "./compile-rate-limit.js";

/** Compiles a database to a server with an endpoint for each query, which holds a worker and computes nothing, and one for each replica. */
export function compileDatabase(
  database: ResolvedDatabase,
  { tables, classes }: { readonly tables: readonly TablePlan[]; readonly classes: readonly string[] },
): readonly ServerPlan[] {
  const { id, replicas } = database;
  const primary = { ...serverOf(id, database, classes), ...(tables.length === 0 ? {} : { tables }) };
  if (replicas === null) return [primary];
  const copies = databaseReplicas(id, replicas.count).map((replica): ServerPlan => {
    const replica_of = { primary: id, lag_s: replicas.lag_s };
    return {
      ...serverOf(replica, database, classes),
      group: readsId(id),
      ...(tables.length === 0 ? {} : { replica_of }),
    };
  });
  return [primary, ...copies];
}

/** Compiles how a replica takes the place of a database; none where it does not. */
export function compileFailover({ id, failover_s }: ResolvedDatabase): readonly LoadBalancerPlan[] {
  return failover_s === null ? [] : [{ id: writesId(id), algorithm: "primary", failover_s }];
}

function serverOf(
  id: string,
  { workers, gate, rate_limits: limits, crowding, queries }: ResolvedDatabase,
  classes: readonly string[],
): ServerPlan {
  const rate_limits = limits.flatMap((limit) => compileRateLimit(limit, classes));
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
    ...(gate === undefined ? {} : { gate }),
    ...(rate_limits.length === 0 ? {} : { rate_limits }),
    ...(crowding === undefined ? {} : { crowding }),
  };
}

/** Compiles the connections of a server to a database; none where it needs none to be free. */
export function compileConnections({ id, pool }: ResolvedDatabase): readonly PoolPlan[] {
  if (pool === null) return [];
  const { size, checkout_timeout_s, queue } = pool;
  const limit = checkout_timeout_s === null ? {} : { timeout_s: checkout_timeout_s };
  return [{ name: connectionPool(id), size, ...limit, ...(queue === undefined ? {} : { queue }) }];
}
