import type { StepPlan } from "@loadstar/engine";
import type { ResolvedCache, ResolvedDatabase } from "../model/resolved-scenario.js";
import type { ResolvedCallKeys, ResolvedCompositeStep, ResolvedStep, ResolvedWay } from "../model/resolved-step.js";
import type { PolicyKeys } from "../model/call-policy.js";
import { connectionPool } from "../model/database.js";
import { THREAD_POOL } from "../model/thread-pool.js";
import { compileLookUp } from "./compile-cache.js";
import { STREAM } from "./compile-llm.js";
import { compilePolicy } from "./compile-policy.js";
import { compileRowLock, compileRowRead, locksRows } from "./compile-row-lock.js";
import { goesToReplicas, nodeAsked, type PlacedQuery, type QueryStep } from "./database-routes.js";
import { stepLists } from "./step-lists.js";

/** An edge for calls, and what holds for all of them. */
export interface CallEdge {
  readonly id: string;
  readonly policy: PolicyKeys;
}

/** Gives the edge by which a server calls a node. */
export type EdgeTo = (called: string) => CallEdge;

/** What steps refer to, and what is held around them. */
export interface StepsContext {
  readonly edgeTo: EdgeTo;
  readonly caches: ReadonlyMap<string, ResolvedCache>;
  /** Databases whose connections are counted, and those of the transactions around. */
  readonly pooled: ReadonlySet<string>;
  readonly connected: ReadonlySet<string>;
  /** Databases whose replicas answer what reads, and those of all transactions around. */
  readonly databases: ReadonlyMap<string, ResolvedDatabase>;
  readonly transactions: ReadonlySet<string>;
}

/** Compiles steps to a program. Memory is no step of it: it is reserved for the whole endpoint. */
export function compileSteps(steps: readonly ResolvedStep[], context: StepsContext): readonly StepPlan[] {
  return steps.flatMap((step) => compileStep(step, context));
}

/** Gives the memory that steps need, those inside others included [MB]. */
export function memoryOf(steps: readonly ResolvedStep[]): number {
  return steps.reduce((sum, step) => {
    const own_mb = "ram_mb" in step ? step.ram_mb : 0;
    return stepLists(step).reduce((total, list) => total + memoryOf(list), sum + own_mb);
  }, 0);
}

/** Gives the names of the pools that steps hold a unit of, if there is a limit, those inside others included, each once. */
export function poolsHeldBy(steps: readonly ResolvedStep[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const step of steps) {
    const name = poolOf(step);
    if (name !== undefined) names.add(name);
    for (const list of stepLists(step)) for (const inner of poolsHeldBy(list)) names.add(inner);
  }
  return names;
}

function compileStep(step: ResolvedStep, context: StepsContext): readonly StepPlan[] {
  if ("cpu_s" in step) return [{ kind: "cpu", duration_s: step.cpu_s }];
  if ("io_s" in step) return [{ kind: "io", duration_s: step.io_s }];
  if ("ram_mb" in step) return [];
  if ("release_ram_mb" in step) return [{ kind: "release_ram", ram_mb: step.release_ram_mb }];
  if ("spawn" in step)
    return [
      { kind: "spawn", steps: compileSteps(step.spawn, { ...context, connected: new Set(), transactions: new Set() }) },
    ];
  if ("fail" in step) return [{ kind: "fail" }];
  const compiled = compileCompositeStep(step, context);
  if (step.fallback !== undefined) {
    const fallback_of = context.edgeTo(askedBy(step, context)).id;
    return [{ kind: "attempt", steps: compiled, on_error: compileSteps(step.fallback, context), fallback_of }];
  }
  if (step.on_error === undefined) return compiled;
  return [{ kind: "attempt", steps: compiled, on_error: compileSteps(step.on_error, context) }];
}

/** The node that a step with a fallback waits for. */
function askedBy(step: ResolvedStep, context: StepsContext): string {
  if ("call" in step) return step.call;
  if ("query" in step) return nodeAsked(...routeOf(step, context));
  if ("llm" in step) return step.llm;
  return "cache" in step ? step.cache : "";
}

function compileCompositeStep(step: ResolvedCompositeStep, context: StepsContext): readonly StepPlan[] {
  if ("call" in step) return [compileCall(step.call, step.endpoint, { own: step, edgeTo: context.edgeTo })];
  if ("query" in step) {
    return connected(step.query, context, () => [compileQuery(step, context)]);
  }
  if ("transaction" in step) {
    const { transaction, steps } = step;
    return connected(transaction, context, (inside) => {
      const transactions = new Set([...inside.transactions, transaction]);
      const compiled = compileSteps(steps, { ...inside, transactions });
      return locksRows(steps, transaction)
        ? [{ kind: "transaction", servers: [transaction], steps: compiled }]
        : compiled;
    });
  }
  if ("cache" in step) {
    const call = compileCall(step.cache, "", { own: step, edgeTo: context.edgeTo });
    return [call, compileLookUp(context.caches.get(step.cache), compileSteps(step.on_miss, context))];
  }
  if ("llm" in step) {
    const { llm, input_tokens, output_tokens, stream } = step;
    const call = compileCall(llm, stream ? STREAM : "", { own: step, edgeTo: context.edgeTo });
    return [{ kind: "prompt", input_tokens, output_tokens }, call];
  }
  if ("publish" in step) return [compileCall(step.publish, step.topic, { own: step, edgeTo: context.edgeTo })];
  if ("branch" in step) {
    const ways = step.branch.map((way) => ({ when: conditionOf(way), steps: compileSteps(way.steps, context) }));
    return [{ kind: "branch", ways }];
  }
  if ("parallel" in step) {
    const { join, on_error, branches } = step.parallel;
    return [{ kind: "parallel", branches: branches.map((branch) => compileSteps(branch, context)), join, on_error }];
  }
  if ("repeat" in step) {
    const { times, steps } = step.repeat;
    return [{ kind: "repeat", times, steps: compileSteps(steps, context) }];
  }
  return [{ kind: "hold", pool: poolOf(step) ?? "", steps: compileSteps(step.steps, context) }];
}

/** A row that is read matters where it may be stale. */
function compileQuery(query: QueryStep, context: StepsContext): StepPlan {
  const [placed, database] = routeOf(query, context);
  const { name, rows, row } = query;
  const call = compileCall(nodeAsked(placed, database), name, { own: query, edgeTo: context.edgeTo });
  if (rows !== undefined) return { ...call, lock: compileRowLock(rows) };
  return row === undefined || !goesToReplicas(placed, database) ? call : { ...call, read: compileRowRead(row) };
}

function routeOf(query: QueryStep, context: StepsContext): readonly [PlacedQuery, ResolvedDatabase | undefined] {
  const isInTransaction = context.transactions.has(query.query);
  return [{ query, isInTransaction }, context.databases.get(query.query)];
}

type CallPlan = Extract<StepPlan, { readonly kind: "call" }>;

function compileCall(
  called: string,
  endpoint: string,
  { own, edgeTo }: { readonly own: ResolvedCallKeys; readonly edgeTo: EdgeTo },
): CallPlan {
  const { id, policy } = edgeTo(called);
  const { sizes } = own;
  const call = { kind: "call", edge: id, endpoint, policy: compilePolicy(own.policy, policy) } as const;
  return sizes === undefined ? call : { ...call, sizes };
}

/** Holds a connection to a database during some steps, unless there is one already or none is needed. */
function connected(
  database: string,
  context: StepsContext,
  stepsWith: (inside: StepsContext) => readonly StepPlan[],
): readonly StepPlan[] {
  if (!context.pooled.has(database) || context.connected.has(database)) return stepsWith(context);
  const inside = { ...context, connected: new Set([...context.connected, database]) };
  return [{ kind: "hold", pool: connectionPool(database), steps: stepsWith(inside) }];
}

function conditionOf(way: ResolvedWay): { readonly class: string } | { readonly probability: number } {
  return "class" in way ? { class: way.class } : { probability: way.probability };
}

function poolOf(step: ResolvedStep): string | undefined {
  if ("lock" in step) return step.lock;
  if ("semaphore" in step) return step.semaphore;
  if ("query" in step) return connectionPool(step.query);
  if ("transaction" in step) return connectionPool(step.transaction);
  return "offload" in step ? THREAD_POOL : undefined;
}
