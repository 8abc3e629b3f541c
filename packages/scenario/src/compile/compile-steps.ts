import type { StepPlan } from "@loadstar/engine";
import type { ResolvedCache } from "../model/resolved-scenario.js";
import type { ResolvedCompositeStep, ResolvedStep, ResolvedWay } from "../model/resolved-step.js";
import type { PolicyKeys } from "../model/call-policy.js";
import { connectionPool } from "../model/database.js";
import { THREAD_POOL } from "../model/thread-pool.js";
import { compileLookUp } from "./compile-cache.js";
import { compilePolicy } from "./compile-policy.js";

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
    return [{ kind: "spawn", steps: compileSteps(step.spawn, { ...context, connected: new Set() }) }];
  if ("fail" in step) return [{ kind: "fail" }];
  const compiled = compileCompositeStep(step, context);
  if (step.fallback !== undefined) {
    const fallback_of = context.edgeTo(askedBy(step)).id;
    return [{ kind: "attempt", steps: compiled, on_error: compileSteps(step.fallback, context), fallback_of }];
  }
  if (step.on_error === undefined) return compiled;
  return [{ kind: "attempt", steps: compiled, on_error: compileSteps(step.on_error, context) }];
}

/** The node that a step with a fallback waits for. */
function askedBy(step: ResolvedStep): string {
  if ("call" in step) return step.call;
  if ("query" in step) return step.query;
  return "cache" in step ? step.cache : "";
}

function compileCompositeStep(step: ResolvedCompositeStep, context: StepsContext): readonly StepPlan[] {
  if ("call" in step) return [compileCall(step.call, step.endpoint, { own: step.policy, edgeTo: context.edgeTo })];
  if ("query" in step) {
    const call = compileCall(step.query, step.name, { own: step.policy, edgeTo: context.edgeTo });
    return connected(step.query, context, () => [call]);
  }
  if ("transaction" in step) return connected(step.transaction, context, (inside) => compileSteps(step.steps, inside));
  if ("cache" in step) {
    const call = compileCall(step.cache, "", { own: step.policy, edgeTo: context.edgeTo });
    return [call, compileLookUp(context.caches.get(step.cache), compileSteps(step.on_miss, context))];
  }
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

function compileCall(
  called: string,
  endpoint: string,
  { own, edgeTo }: { readonly own: PolicyKeys; readonly edgeTo: EdgeTo },
): StepPlan {
  const { id, policy } = edgeTo(called);
  return { kind: "call", edge: id, endpoint, policy: compilePolicy(own, policy) };
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

/** The lists of steps in a step. */
function stepLists(step: ResolvedStep): readonly (readonly ResolvedStep[])[] {
  const handler = [
    ...("on_error" in step && step.on_error !== undefined ? [step.on_error] : []),
    ...("fallback" in step && step.fallback !== undefined ? [step.fallback] : []),
  ];
  if ("spawn" in step) return [step.spawn];
  if ("branch" in step) return [...step.branch.map(({ steps }) => steps), ...handler];
  if ("parallel" in step) return [...step.parallel.branches, ...handler];
  if ("cache" in step) return [step.on_miss, ...handler];
  if ("repeat" in step) return [step.repeat.steps, ...handler];
  return "steps" in step ? [step.steps, ...handler] : handler;
}
