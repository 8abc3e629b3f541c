import type { Distribution } from "@loadstar/engine";
import type { PolicyKeys } from "../model/call-policy.js";
import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { MessageSizes } from "../model/edge-network.js";
import type { ResolvedCallKeys, ResolvedCompositeStep, ResolvedStep, ResolvedWay } from "../model/resolved-step.js";
import type {
  AsyncFlowStep,
  BranchStep,
  CompositeStep,
  OffloadStep,
  ParallelStep,
  RepeatStep,
  Step,
} from "../model/step.js";
import { resolveRowLock, resolveRowRead } from "./resolve-database.js";
import { policyIn } from "./policy-in.js";
import { sizesIn } from "./resolve-network.js";
import { resolveDistribution, resolveDuration } from "./resolve-distribution.js";

/** Writes steps in one spelling, with every default and every distribution decided. */
export function resolveSteps(steps: readonly Step[], dialect: Dialect): readonly ResolvedStep[] {
  return steps.map((step) => resolveStep(step, dialect));
}

function resolveStep(step: Step, dialect: Dialect): ResolvedStep {
  if ("kind" in step) return resolveAsyncFlowStep(step, dialect);
  if ("spawn" in step) return { spawn: resolveSteps(step.spawn, dialect) };
  if ("fail" in step) return { fail: true };
  if ("ram_mb" in step) return { ram_mb: step.ram_mb };
  if ("release_ram_mb" in step) return { release_ram_mb: step.release_ram_mb };
  if ("io_s" in step) return { io_s: resolveDuration(step.io_s, dialect) };
  if ("cpu_s" in step && !("offload" in step)) return { cpu_s: resolveDuration(step.cpu_s, dialect) };
  const composite = resolveCompositeStep(step, dialect);
  const fallback = "fallback" in step ? step.fallback : undefined;
  return {
    ...composite,
    ...(step.on_error === undefined ? {} : { on_error: resolveSteps(step.on_error, dialect) }),
    ...(fallback === undefined ? {} : { fallback: resolveSteps(fallback, dialect) }),
  };
}

function resolveAsyncFlowStep({ step_operation: operation }: AsyncFlowStep, dialect: Dialect): ResolvedStep {
  if ("cpu_time" in operation) return { cpu_s: resolveDuration(operation.cpu_time, dialect) };
  if ("io_waiting_time" in operation) return { io_s: resolveDuration(operation.io_waiting_time, dialect) };
  return { ram_mb: operation.necessary_ram };
}

function resolveCompositeStep(step: CompositeStep, dialect: Dialect): ResolvedCompositeStep {
  if ("call" in step) {
    return { call: step.call, endpoint: step.endpoint?.toLowerCase() ?? "", ...callKeysIn(step, dialect) };
  }
  if ("query" in step) {
    const rows = step.lock === undefined ? {} : { rows: resolveRowLock(step.lock, step.name, dialect) };
    const row = step.row === undefined ? {} : { row: resolveRowRead(step.row) };
    return { query: step.query, name: step.name, ...callKeysIn(step, dialect), ...rows, ...row };
  }
  if ("transaction" in step) return { transaction: step.transaction, steps: resolveSteps(step.steps, dialect) };
  if ("cache" in step) {
    return { cache: step.cache, on_miss: resolveSteps(step.on_miss, dialect), ...callKeysIn(step, dialect) };
  }
  if ("llm" in step) {
    const { llm, input_tokens, output_tokens, stream } = step;
    return {
      llm,
      input_tokens: resolveDuration(input_tokens, dialect),
      output_tokens: resolveDuration(output_tokens, dialect),
      stream: stream ?? DEFAULTS.stream,
      ...callKeysIn(step, dialect),
    };
  }
  if ("publish" in step) return { publish: step.publish, topic: step.topic, policy: policyIn(step) };
  if ("branch" in step) return { branch: resolveWays(step.branch, dialect) };
  if ("parallel" in step) return { parallel: resolveParallel(step.parallel, dialect) };
  if ("repeat" in step) return { repeat: resolveRepeat(step.repeat, dialect) };
  if ("lock" in step) return { lock: step.lock, steps: resolveSteps(step.steps, dialect) };
  if ("semaphore" in step) return { semaphore: step.semaphore, steps: resolveSteps(step.steps, dialect) };
  return { offload: step.offload, steps: offloadedSteps(step, dialect) };
}

function callKeysIn(step: PolicyKeys & MessageSizes, dialect: Dialect): ResolvedCallKeys {
  return { policy: policyIn(step), ...sizesIn(step, dialect) };
}

/** What is left of the probability 1 goes `otherwise`. */
function resolveWays(ways: BranchStep["branch"], dialect: Dialect): readonly ResolvedWay[] {
  const taken = ways.reduce((sum, way) => ("probability" in way ? sum + way.probability : sum), 0);
  return ways.map((way) => {
    if ("class" in way) return { class: way.class, steps: resolveSteps(way.steps, dialect) };
    if ("probability" in way) return { probability: way.probability, steps: resolveSteps(way.steps, dialect) };
    return { probability: Math.max(0, 1 - taken), steps: resolveSteps(way.otherwise, dialect) };
  });
}

type ResolvedParallel = Extract<ResolvedCompositeStep, { readonly parallel: unknown }>["parallel"];
type ResolvedRepeat = Extract<ResolvedCompositeStep, { readonly repeat: unknown }>["repeat"];

function resolveParallel({ join, on_error, branches }: ParallelStep["parallel"], dialect: Dialect): ResolvedParallel {
  return {
    join: joinCount(join ?? DEFAULTS.join, branches.length),
    on_error: on_error ?? DEFAULTS.on_error,
    branches: branches.map((steps) => resolveSteps(steps, dialect)),
  };
}

function joinCount(join: "all" | "any" | number, branches: number): number {
  if (join === "all") return branches;
  return join === "any" ? 1 : join;
}

function resolveRepeat({ times, steps }: RepeatStep["repeat"], dialect: Dialect): ResolvedRepeat {
  const drawn: Distribution =
    typeof times === "number" ? { kind: "constant", value: times } : resolveDistribution(times, dialect);
  return { times: drawn, steps: resolveSteps(steps, dialect) };
}

function offloadedSteps(step: OffloadStep, dialect: Dialect): readonly ResolvedStep[] {
  return "cpu_s" in step ? [{ cpu_s: resolveDuration(step.cpu_s, dialect) }] : resolveSteps(step.steps, dialect);
}
