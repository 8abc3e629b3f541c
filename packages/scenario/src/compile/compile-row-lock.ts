import type { RowLockPlan, TablePlan } from "@loadstar/engine";
import type { ResolvedServer } from "../model/resolved-scenario.js";
import type { ResolvedRowLock, ResolvedStep } from "../model/resolved-step.js";
import { stepLists } from "./step-lists.js";

/** Compiles the row that a query locks. */
export function compileRowLock({ table, popularity, wait_timeout_s }: ResolvedRowLock): RowLockPlan {
  return { table, draws: popularity, ...(wait_timeout_s === null ? {} : { timeout_s: wait_timeout_s }) };
}

/** The tables of each database, by its id: those that queries lock rows of. */
export function tablesOf(servers: readonly ResolvedServer[]): ReadonlyMap<string, readonly TablePlan[]> {
  const databases = new Map<string, Map<string, TablePlan>>();
  const steps = servers.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => endpoint.steps));
  for (const { query, rows } of lockingQueries(steps)) {
    const tables = databases.get(query) ?? new Map<string, TablePlan>();
    databases.set(query, tables);
    // Draws begin at 1, and their whole parts are the rows.
    tables.set(rows.table, { name: rows.table, rows: rows.keys + 1 });
  }
  return new Map([...databases].map(([id, tables]) => [id, [...tables.values()]]));
}

/** Whether some query in steps locks a row of a database. */
export function locksRows(steps: readonly ResolvedStep[], database: string): boolean {
  return lockingQueries(steps).some(({ query }) => query === database);
}

interface LockingQuery {
  readonly query: string;
  readonly rows: ResolvedRowLock;
}

function lockingQueries(steps: readonly ResolvedStep[]): readonly LockingQuery[] {
  return steps.flatMap((step) => {
    const own = "query" in step && step.rows !== undefined ? [{ query: step.query, rows: step.rows }] : [];
    return [...own, ...stepLists(step).flatMap(lockingQueries)];
  });
}
