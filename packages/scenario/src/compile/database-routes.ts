import { readsId, writesId } from "../model/database.js";
import type { ResolvedDatabase } from "../model/resolved-scenario.js";
import type { ResolvedCompositeStep, ResolvedStep } from "../model/resolved-step.js";
import { stepLists } from "./step-lists.js";

export type QueryStep = Extract<ResolvedCompositeStep, { readonly query: string }>;

/** A query, and whether it stands in a transaction of its database. */
export interface PlacedQuery {
  readonly query: QueryStep;
  readonly isInTransaction: boolean;
}

/** Whether a replica answers a query: one that reads, locks nothing, and stands in no transaction. */
export function goesToReplicas(
  { query, isInTransaction }: PlacedQuery,
  database: ResolvedDatabase | undefined,
): boolean {
  if (database === undefined || database.replicas === null || isInTransaction) return false;
  return database.queries[query.name]?.access === "read" && query.rows === undefined;
}

/** Whom a query asks: the database, its replicas, or whichever of its servers takes what they do not. */
export function nodeAsked(placed: PlacedQuery, database: ResolvedDatabase | undefined): string {
  const { query: id } = placed.query;
  if (database === undefined) return id;
  if (goesToReplicas(placed, database)) return readsId(id);
  return database.failover_s === null ? id : writesId(id);
}

/** All queries in steps. */
export function queriesIn(
  steps: readonly ResolvedStep[],
  transactions: readonly string[] = [],
): readonly PlacedQuery[] {
  return steps.flatMap((step) => {
    const own = "query" in step ? [{ query: step, isInTransaction: transactions.includes(step.query) }] : [];
    return [...own, ...stepLists(step).flatMap((list) => queriesIn(list, transactionsOf(step, list, transactions)))];
  });
}

/** What is spawned, and what handles a failure, is not a part of the step's transaction. */
function transactionsOf(
  step: ResolvedStep,
  list: readonly ResolvedStep[],
  around: readonly string[],
): readonly string[] {
  if ("spawn" in step) return [];
  return "transaction" in step && list === step.steps ? [...around, step.transaction] : around;
}
