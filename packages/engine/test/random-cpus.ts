import fc from "fast-check";
import type { CallPolicy, CpuPlan, Distribution, EventLoopsPlan, Plan, Scheduling, ServerPlan } from "../src/index.js";
import { constant, cpuOf, exponential } from "./plans.js";
import { anyShelter } from "./random-policies.js";
import { anyCalls } from "./random-calls.js";
import { anyPlan, type PlanLimits } from "./random-plans.js";

const schedulings: readonly Scheduling[] = [
  "fifo",
  "lifo",
  "priority",
  "priority_preemptive",
  "shortest_job_first",
  "shortest_remaining_time",
  "processor_sharing",
];
const anyLoops = fc.record<EventLoopsPlan>({
  count: fc.integer({ min: 1, max: 3 }),
  accept: fc.constantFrom("shared", "kernel"),
});
const gap = fc.constantFrom<Distribution>(constant(0.1), exponential(0.1), constant(0.02));
const length = fc.constantFrom<Distribution>(constant(0), constant(0.01), exponential(0.02));

/** CPUs of every kind, with pauses, quotas and work of their own. */
const anyCpu: fc.Arbitrary<CpuPlan> = fc
  .record({
    shared: fc.oneof(
      fc.constantFrom(...schedulings).map((scheduling) => ({ scheduling, event_loops: null })),
      anyLoops.map((event_loops) => ({ scheduling: "fifo" as const, event_loops })),
    ),
    threads: fc.constantFrom(0, 0, 1, 3),
    quota: fc.option(fc.record({ cores: fc.constantFrom(0.4, 1, 2), period_s: fc.constantFrom(0.1, 0.03) })),
    pauses: fc.option(fc.record({ every_s: gap, length_s: length })),
    background: fc.array(fc.record({ name: fc.constant("gc"), every_s: gap, cpu_s: length }), { maxLength: 1 }),
  })
  .map(({ shared, ...more }) => ({ ...shared, ...more }));

/** What `anyCpuPlan` leaves out: what `anyPlan` may leave out, and what servers do by themselves. */
export interface CpuLimits extends PlanLimits {
  /** Nothing stops, slows or occupies a CPU but requests. */
  readonly undisturbed?: boolean;
}

/** Plans, by default those of `anyPlan`, with CPUs of every kind, requests of three priorities, and servers that are slowed down for a while. */
export function anyCpuPlan(limits: CpuLimits = {}, plans: fc.Arbitrary<Plan> = anyPlan(limits)): fc.Arbitrary<Plan> {
  const undisturbed = limits.undisturbed === true;
  const cpus = fc.array(undisturbed ? anyCpu.map(withoutDisturbance) : anyCpu, { minLength: 5, maxLength: 5 });
  const factors = fc.array(fc.constantFrom(0.5, 2, 10), { maxLength: undisturbed ? 0 : 2 });
  return fc.tuple(plans, cpus, factors).map(([plan, cpuOfServers, slowings]) => ({
    ...plan,
    generators: plan.generators.map((generator) => ({
      ...generator,
      mix: [2, 0, 1].map((priority) => ({ weight: 1, endpoint: "", class: "", priority })),
    })),
    servers: plan.servers.map((server, k) => ({ ...server, cpu: fitted(cpuOfServers[k]!, server) })),
    disruptions: [
      ...plan.disruptions,
      ...slowings.map((factor, k) => ({
        kind: "slow_down" as const,
        target: plan.servers[k % plan.servers.length]!.id,
        start_s: 0.3 + 0.2 * k,
        end_s: 1.1,
        factor,
      })),
    ],
  }));
}

/** Threads are a pool, so they need the name. */
function fitted(cpu: CpuPlan, { pools }: ServerPlan): CpuPlan {
  return pools.some(({ name }) => name === "threads") ? { ...cpu, threads: 0 } : cpu;
}

const anyPolicy: fc.Arbitrary<CallPolicy> = fc
  .tuple(
    fc.record({
      timeout_s: fc.constantFrom(0, 0.003, 0.02),
      cancels: fc.boolean(),
      propagates: fc.boolean(),
      retry: fc.constant(null),
    }),
    anyShelter,
  )
  .map(([policy, shelter]) => ({ ...policy, ...shelter }));

/** Plans of `anyCalls` with such CPUs, and with callers that give up. */
export function anyHastyCalls(limits: CpuLimits = {}): fc.Arbitrary<Plan> {
  const policies = fc.array(anyPolicy, { minLength: 3, maxLength: 3 });
  return fc.tuple(anyCpuPlan(limits, anyCalls(limits)), policies).map(([plan, list]) => {
    let calls = 0;
    return withPolicies(plan, () => list[calls++ % list.length]!) as Plan;
  });
}

/** The same, with other values of every key `policy`. */
function withPolicies(value: unknown, next: () => CallPolicy): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withPolicies(item, next));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    key === "policy" ? next() : withPolicies(item, next),
  ]);
  return Object.fromEntries(entries) as unknown;
}

function withoutDisturbance(cpu: CpuPlan): CpuPlan {
  return { ...cpu, quota: null, pauses: null, background: [] };
}

/** The plan with every server's CPU as given. */
export function withCpu(plan: Plan, cpu: Partial<CpuPlan>): Plan {
  return { ...plan, servers: plan.servers.map((server) => ({ ...server, cpu: cpuOf(cpu) })) };
}
