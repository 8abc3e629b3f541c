import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, PATIENT, run, runPrepared, type CallPolicy, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { arrivalTimes } from "./arrival-times.js";
import { expectDrained } from "./expect-drained.js";
import { lawCases } from "./law-cases.js";
import { differing, runMeasured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { call, calling, cpu, exponential, io } from "./plans.js";
import { withPolicies } from "./random-breakers.js";
import { anyCalls } from "./random-calls.js";
import { anyBulkhead, anyHedge } from "./random-policies.js";
import { type PlanLimits } from "./random-plans.js";

const runs = lawCases(20);
const seeds = fc.nat(1_000_000);

/** Plans in which every call and every generator has a hedge and a bulkhead. */
function anySheltered(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  return fc
    .tuple(anyCalls(limits), anyHedge, anyBulkhead)
    .map(([plan, hedge, bulkhead]) => withPolicies(plan, (policy) => ({ ...policy, hedge, bulkhead })));
}

/** What never acts. */
const NEVER = {
  hedge: { after_s: Infinity, most: 2, cancels: true },
  bulkhead: { limit: 1e9, queue: 0, max_wait_s: 1 },
} as const;

describe("run of hedged calls with bulkheads", () => {
  it("run of hedged calls with bulkheads loses no request", () => {
    const law = fc.property(anySheltered(), seeds, (plan, seed) => {
      const value = runMeasured(plan, seed);
      const generated = plan.generators.flatMap((source) => arrivalTimes(source, plan.horizon_s, seed)).length;
      expect(value("requests_generated")).toBe(generated);
      expect(value("requests_in_flight")).toBeGreaterThanOrEqual(0);
    });
    fc.assert(law, runs);
  });

  it("run of hedged calls with bulkheads leaves nothing behind when it drains: no frame, no place, no unit of a pool", () => {
    const law = fc.property(anySheltered({ drains: true }), (plan) => {
      expectDrained(plan);
    });
    fc.assert(law, runs);
  });

  it("run of hedged calls with bulkheads gives the bits of the kernel in JavaScript, and the same after any other run", () => {
    const law = fc.property(anySheltered(), seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: 0.3, warm_up_s: 0.4 };
      const naive = simulationOf(detailed, openJavaScriptKernel(detailed, { pending: naivePendingEvents() }));
      runPrepared(naive, seed + 1, 3);
      expect(runPrepared(naive, seed, 1)).toEqual(run(detailed, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run of calls does not change by a bit with hedges that are never sent and bulkheads that are never full", () => {
    const law = fc.property(anyCalls(), seeds, (drawn, seed) => {
      const change = (shelter: Partial<CallPolicy>): Plan =>
        withPolicies(drawn, ({ hedge: _hedge, bulkhead: _bulkhead, ...policy }) => ({ ...policy, ...shelter }));
      const plain = runMeasured(change({}), seed);
      const value = runMeasured(change(NEVER), seed);
      expect(differing(metricsOf(change({})), value, plain)).toEqual([]);
    });
    fc.assert(law, runs);
  });

  it("run of calls does not change by a bit with a fallback that is never taken", () => {
    const plan = (falls: boolean): Plan => {
      const asking = call("app-db", "", { ...PATIENT, timeout_s: 9 });
      const steps = [asking];
      return calling({
        rate_per_s: 50,
        steps: [
          cpu(exponential(0.01)),
          falls ? { kind: "attempt", steps, on_error: [io(1)], fallback_of: "app-db" } : asking,
          cpu(0.001),
        ],
        callees: [{ ...calling({ rate_per_s: 1, steps: [io(exponential(0.02))] }).servers[0]!, id: "db" }],
        app: { cpu_cores: 1 },
        more: { horizon_s: 100 },
      });
    };
    const [plain, value] = [runMeasured(plan(false)), runMeasured(plan(true))];
    expect(differing(metricsOf(plan(false)), value, plain)).toEqual([]);
    expect(value("app-db.fallbacks")).toBe(0);
  });

  it("run of hedged calls with bulkheads has some hedges that win, places that are waited for, and who is turned away", () => {
    const plans = fc.sample(anySheltered(), { ...runs, numRuns: 100 });
    const values = plans.map((plan) => ({ plan, value: runMeasured(plan) }));
    const count = (metric: string): number =>
      values.filter(({ plan, value }) => metricsOf(plan).some(({ name }) => name.endsWith(metric) && value(name) > 0))
        .length;
    expect(count(".hedges")).toBeGreaterThan(15);
    expect(count(".hedge_wins")).toBeGreaterThan(8);
    expect(count(".bulkhead_rejected")).toBeGreaterThan(8);
    expect(count(".bulkhead_queue_mean")).toBeGreaterThan(6);
    expect(count(".bulkhead_timeouts")).toBeGreaterThan(3);
    expect(count(".fallbacks")).toBeGreaterThan(3);
  });
});
