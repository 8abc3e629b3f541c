import type { RowLockPlan, RowReadPlan, TablePlan } from "@loadstar/engine";
import type { ResolvedServer } from "../model/resolved-scenario.js";
import type { ResolvedRowLock, ResolvedRowRead, ResolvedStep } from "../model/resolved-step.js";
import { queriesIn } from "./database-routes.js";

/** Compiles the row that a query locks. */
export function compileRowLock({ table, popularity, wait_timeout_s }: ResolvedRowLock): RowLockPlan {
  return { table, draws: popularity, ...(wait_timeout_s === null ? {} : { timeout_s: wait_timeout_s }) };
}

/** Compiles the row that a query reads. */
export function compileRowRead({ table, popularity }: ResolvedRowRead): RowReadPlan {
  return { table, draws: popularity };
}

/** The tables of each database, by its id: those that queries lock rows of. */
export function tablesOf(servers: readonly ResolvedServer[]): ReadonlyMap<string, readonly TablePlan[]> {
  const databases = new Map<string, Map<string, TablePlan>>();
  const steps = servers.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => endpoint.steps));
  for (const { query } of queriesIn(steps)) {
    if (query.rows === undefined) continue;
    const tables = databases.get(query.query) ?? new Map<string, TablePlan>();
    databases.set(query.query, tables);
    // Draws begin at 1, and their whole parts are the rows.
    tables.set(query.rows.table, { name: query.rows.table, rows: query.rows.keys + 1 });
  }
  return new Map([...databases].map(([id, tables]) => [id, [...tables.values()]]));
}

/** Whether some query in steps locks a row of a database. */
export function locksRows(steps: readonly ResolvedStep[], database: string): boolean {
  return queriesIn(steps).some(({ query }) => query.query === database && query.rows !== undefined);
}
