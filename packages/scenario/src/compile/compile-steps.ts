import type { StepPlan } from "@loadstar/engine";
import type { ResolvedCompositeStep, ResolvedStep, ResolvedWay } from "../model/resolved-step.js";
import type { PolicyKeys } from "../model/call-policy.js";
import { THREAD_POOL } from "../model/thread-pool.js";
import { compilePolicy } from "./compile-policy.js";

/** An edge for calls, and what holds for all of them. */
export interface CallEdge {
  readonly id: string;
  readonly policy: PolicyKeys;
}

/** Gives the edge by which a server calls a node. */
export type EdgeTo = (called: string) => CallEdge;

/** Compiles steps to a program. Memory is no step of it: it is reserved for the whole endpoint. */
export function compileSteps(steps: readonly ResolvedStep[], edgeTo: EdgeTo): readonly StepPlan[] {
  return steps.flatMap((step) => compileStep(step, edgeTo));
}

/** Gives the memory that steps need, those inside others included [MB]. */
export function memoryOf(steps: readonly ResolvedStep[]): number {
  return steps.reduce((sum, step) => {
    const own_mb = "ram_mb" in step ? step.ram_mb : 0;
    return stepLists(step).reduce((total, list) => total + memoryOf(list), sum + own_mb);
  }, 0);
}

/** Gives the names of the pools that steps hold a unit of, those inside others included, each once. */
export function poolsHeldBy(steps: readonly ResolvedStep[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const step of steps) {
    const name = poolOf(step);
    if (name !== undefined) names.add(name);
    for (const list of stepLists(step)) for (const inner of poolsHeldBy(list)) names.add(inner);
  }
  return names;
}

function compileStep(step: ResolvedStep, edgeTo: EdgeTo): readonly StepPlan[] {
  if ("cpu_s" in step) return [{ kind: "cpu", duration_s: step.cpu_s }];
  if ("io_s" in step) return [{ kind: "io", duration_s: step.io_s }];
  if ("ram_mb" in step) return [];
  if ("release_ram_mb" in step) return [{ kind: "release_ram", ram_mb: step.release_ram_mb }];
  if ("spawn" in step) return [{ kind: "spawn", steps: compileSteps(step.spawn, edgeTo) }];
  if ("fail" in step) return [{ kind: "fail" }];
  const compiled = compileCompositeStep(step, edgeTo);
  if (step.on_error === undefined) return [compiled];
  return [{ kind: "attempt", steps: [compiled], on_error: compileSteps(step.on_error, edgeTo) }];
}

function compileCompositeStep(step: ResolvedCompositeStep, edgeTo: EdgeTo): StepPlan {
  if ("call" in step) {
    const { id, policy } = edgeTo(step.call);
    return { kind: "call", edge: id, endpoint: step.endpoint, policy: compilePolicy(step.policy, policy) };
  }
  if ("branch" in step) {
    const ways = step.branch.map((way) => ({ when: conditionOf(way), steps: compileSteps(way.steps, edgeTo) }));
    return { kind: "branch", ways };
  }
  if ("parallel" in step) {
    const { join, on_error, branches } = step.parallel;
    return { kind: "parallel", branches: branches.map((branch) => compileSteps(branch, edgeTo)), join, on_error };
  }
  if ("repeat" in step) {
    const { times, steps } = step.repeat;
    return { kind: "repeat", times, steps: compileSteps(steps, edgeTo) };
  }
  return { kind: "hold", pool: poolOf(step) ?? "", steps: compileSteps(step.steps, edgeTo) };
}

function conditionOf(way: ResolvedWay): { readonly class: string } | { readonly probability: number } {
  return "class" in way ? { class: way.class } : { probability: way.probability };
}

function poolOf(step: ResolvedStep): string | undefined {
  if ("lock" in step) return step.lock;
  if ("semaphore" in step) return step.semaphore;
  return "offload" in step ? THREAD_POOL : undefined;
}

/** The lists of steps in a step. */
function stepLists(step: ResolvedStep): readonly (readonly ResolvedStep[])[] {
  const handler = "on_error" in step && step.on_error !== undefined ? [step.on_error] : [];
  if ("spawn" in step) return [step.spawn];
  if ("branch" in step) return [...step.branch.map(({ steps }) => steps), ...handler];
  if ("parallel" in step) return [...step.parallel.branches, ...handler];
  if ("repeat" in step) return [step.repeat.steps, ...handler];
  return "steps" in step ? [step.steps, ...handler] : handler;
}
