import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, runPrepared, type Plan, type RateLimitPlan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { arrivalTimes } from "./arrival-times.js";
import { expectDrained } from "./expect-drained.js";
import { lawCases } from "./law-cases.js";
import { runMeasured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyCalls } from "./random-calls.js";
import { CLASSES } from "./random-steps.js";
import { type PlanLimits } from "./random-plans.js";

const runs = lawCases(12);
const seeds = fc.nat(1_000_000);

const anyRule: fc.Arbitrary<RateLimitPlan> = fc.oneof(
  fc.record({
    kind: fc.constant("token_bucket" as const),
    rate_per_s: fc.constantFrom(5, 40),
    burst: fc.integer({ min: 1, max: 3 }),
    refill: fc.constantFrom("continuous" as const, "discrete" as const),
  }),
  fc.record({
    kind: fc.constant("leaky_bucket" as const),
    rate_per_s: fc.constantFrom(5, 40),
    queue: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    kind: fc.constantFrom("fixed_window" as const, "sliding_window" as const),
    limit: fc.integer({ min: 1, max: 5 }),
    window_s: fc.constantFrom(0.1, 0.5),
  }),
);
const anyLimit: fc.Arbitrary<RateLimitPlan> = fc
  .tuple(anyRule, fc.constantFrom(undefined, ...CLASSES))
  .map(([rule, name]) => (name === undefined ? rule : { ...rule, class: name }));

/** Plans whose servers have limits, up to two in front of each. */
function anyLimited(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  const lists = fc.array(fc.array(anyLimit, { minLength: 1, maxLength: 2 }), { minLength: 5, maxLength: 5 });
  return fc.tuple(anyCalls(limits), lists).map(([plan, all]) => ({
    ...plan,
    servers: plan.servers.map((server, index) => ({ ...server, rate_limits: all[index]! })),
  }));
}

function limitedIn(plan: Plan, seed = 1): number {
  const value = runMeasured(plan, seed);
  return plan.servers.reduce((sum, { id }) => sum + value(`${id}.rate_limited`), 0);
}

describe("run of servers with rate limits", () => {
  it("run of servers with rate limits loses no request", () => {
    const law = fc.property(anyLimited(), seeds, (plan, seed) => {
      const value = runMeasured(plan, seed);
      const generated = plan.generators.flatMap((source) => arrivalTimes(source, plan.horizon_s, seed)).length;
      expect(value("requests_generated")).toBe(generated);
      expect(value("requests_in_flight")).toBeGreaterThanOrEqual(0);
    });
    fc.assert(law, runs);
  });

  it("run of servers with rate limits leaves nothing behind when it drains", () => {
    const law = fc.property(anyLimited({ drains: true }), (plan) => {
      expectDrained(plan);
    });
    fc.assert(law, runs);
  });

  it("run of servers with rate limits gives the bits of the kernel in JavaScript, and the same after any other run", () => {
    const law = fc.property(anyLimited(), seeds, (plan, seed) => {
      const naive = simulationOf(plan, openJavaScriptKernel(plan, { pending: naivePendingEvents() }));
      runPrepared(naive, seed + 1, 3);
      expect(runPrepared(naive, seed, 1)).toEqual(run(plan, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run of servers with rate limits turns some away in most of these plans", () => {
    const plans = fc.sample(anyLimited(), { ...runs, numRuns: 15 });
    expect(plans.filter((plan) => limitedIn(plan) > 0).length).toBeGreaterThan(7);
  });
});
