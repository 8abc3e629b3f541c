import fc from "fast-check";
import type { BreakerPlan, CallPolicy, Plan, StepPlan } from "../src/index.js";

/** Breakers that open soon, and not for long. */
export const anyBreaker: fc.Arbitrary<BreakerPlan> = fc
  .record({
    kind: fc.constantFrom("consecutive" as const, "error_rate" as const, "slow_calls" as const),
    failures: fc.integer({ min: 1, max: 3 }),
    slower_than_s: fc.constant(0.02),
    window_s: fc.constant(0.5),
    threshold_ratio: fc.constantFrom(0.2, 1),
    min_requests: fc.integer({ min: 1, max: 3 }),
    open_s: fc.constantFrom(0.05, 0.3),
    half_open_probes: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ kind, failures, slower_than_s, open_s, half_open_probes, ...window }): BreakerPlan => {
    const common = { open_s, half_open_probes };
    if (kind === "consecutive") return { kind, failures, ...common };
    return kind === "error_rate" ? { kind, ...window, ...common } : { kind, slower_than_s, ...window, ...common };
  });

/** The plan with other policies of generators and calls. */
export function withPolicies(plan: Plan, change: (policy: CallPolicy) => CallPolicy): Plan {
  const generators = plan.generators.map((it) => ({ ...it, policy: change(it.policy) }));
  const servers = plan.servers.map((server) => ({
    ...server,
    endpoints: server.endpoints.map((it) => ({ ...it, steps: changed(it.steps, change) })),
  }));
  return { ...plan, generators, servers };
}

function changed(steps: readonly StepPlan[], change: (policy: CallPolicy) => CallPolicy): readonly StepPlan[] {
  const inside = (list: readonly StepPlan[]): readonly StepPlan[] => changed(list, change);
  return steps.map((step): StepPlan => {
    switch (step.kind) {
      case "call":
        return { ...step, policy: change(step.policy) };
      case "branch":
        return { ...step, ways: step.ways.map((way) => ({ ...way, steps: inside(way.steps) })) };
      case "parallel":
        return { ...step, branches: step.branches.map(inside) };
      case "repeat":
      case "spawn":
      case "hold":
        return { ...step, steps: inside(step.steps) };
      case "look_up":
        return { ...step, on_miss: inside(step.on_miss) };
      case "attempt":
        return { ...step, steps: inside(step.steps), on_error: inside(step.on_error) };
      default:
        return step;
    }
  });
}
