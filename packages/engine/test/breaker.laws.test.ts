import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPatient } from "../src/encode/encode-call.js";
import { metricsOf, run, runPrepared, type BreakerPlan, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { arrivalTimes } from "./arrival-times.js";
import { expectDrained } from "./expect-drained.js";
import { lawCases } from "./law-cases.js";
import { differing, measured, runMeasured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyBreaker, withPolicies } from "./random-breakers.js";
import { anyCalls } from "./random-calls.js";
import { type PlanLimits } from "./random-plans.js";

const runs = lawCases(15);
const seeds = fc.nat(1_000_000);

/** Plans in which every call and every generator has a breaker. */
function anyWatched(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  return fc
    .tuple(anyCalls(limits), anyBreaker)
    .map(([plan, breaker]) => withPolicies(plan, (policy) => ({ ...policy, breaker })));
}

const NEVER: BreakerPlan = { kind: "consecutive", failures: 1e9, open_s: 1, half_open_probes: 1 };

describe("run of calls with breakers", () => {
  it("run of calls with breakers loses no request", () => {
    const law = fc.property(anyWatched(), seeds, (plan, seed) => {
      const value = runMeasured(plan, seed);
      const generated = plan.generators.flatMap((source) => arrivalTimes(source, plan.horizon_s, seed)).length;
      expect(value("requests_generated")).toBe(generated);
      expect(value("requests_in_flight")).toBeGreaterThanOrEqual(0);
    });
    fc.assert(law, runs);
  });

  it("run of calls with breakers leaves nothing behind when it drains", () => {
    const law = fc.property(anyWatched({ drains: true }), (plan) => {
      const { plan: whole, result } = expectDrained(plan);
      expect(measured(whole, result)("requests_in_flight")).toBe(0);
    });
    fc.assert(law, runs);
  });

  it("run of calls with breakers gives the bits of the kernel in JavaScript, and the same after any other run", () => {
    const law = fc.property(anyWatched(), seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: 0.3, warm_up_s: 0.4 };
      const naive = simulationOf(detailed, openJavaScriptKernel(detailed, { pending: naivePendingEvents() }));
      runPrepared(naive, seed + 1, 3);
      expect(runPrepared(naive, seed, 1)).toEqual(run(detailed, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run of calls does not change by a bit with breakers that never open", () => {
    const law = fc.property(anyCalls(), seeds, (plan, seed) => {
      const watched = withPolicies(plan, (policy) => (isPatient(policy) ? policy : { ...policy, breaker: NEVER }));
      const [plain, value] = [runMeasured(plan, seed), runMeasured(watched, seed)];
      expect(differing(metricsOf(plan), value, plain)).toEqual([]);
    });
    fc.assert(law, runs);
  });

  it("run of calls with breakers has some that open, and that turn attempts away", () => {
    const results = fc
      .sample(anyWatched(), { ...runs, numRuns: 25 })
      .map((plan) => [metricsOf(plan), runMeasured(plan)] as const);
    const count = (metric: string): number =>
      results.filter(([metrics, value]) => metrics.some(({ name }) => name.endsWith(metric) && value(name) > 0)).length;
    expect(count(".breaker_opened")).toBeGreaterThan(10);
    expect(count(".breaker_rejected")).toBeGreaterThan(8);
  });
});
