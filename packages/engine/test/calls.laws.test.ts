import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulation, metricsOf, run, runPrepared, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { arrivalTimes } from "./arrival-times.js";
import { expectDrained } from "./expect-drained.js";
import { lawCases } from "./law-cases.js";
import { measured, rowOf, runMeasured, type Measured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyCalls } from "./random-calls.js";
import { POOLS } from "./random-steps.js";

const runs = lawCases(40);
const seeds = fc.nat(1_000_000);
const detailedPlan = anyCalls().map((plan): Plan => ({ ...plan, series_cell_s: 0.3, warm_up_s: 0.4 }));

/** Requests in the system at the end of a plan whose series has one cell. */
function endsOf(value: Measured): readonly number[] {
  return ["completed", "failed", "dropped", "rejected", "timed_out"].map((end) => value(`requests_${end}`));
}

describe("run of calls", () => {
  it("run of calls loses no request: generated = completed + failed + dropped + rejected + timed out + in flight", () => {
    const law = fc.property(anyCalls(), seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: plan.horizon_s };
      const result = run(detailed, seed, 0);
      const value = measured(detailed, result);
      const inFlight = rowOf(detailed, result.samples, "in_flight_mean")[0]!;
      const generated = plan.generators.flatMap((source) => arrivalTimes(source, plan.horizon_s, seed)).length;
      expect(value("requests_generated")).toBe(generated);
      expect(value("requests_in_flight")).toBe(inFlight);
      expect(endsOf(value).reduce((sum, count) => sum + count, inFlight)).toBe(generated);
    });
    fc.assert(law, runs);
  });

  it("run of calls leaves nothing behind when it drains: no frame, no core, no memory, no unit of a pool, no queue", () => {
    const law = fc.property(anyCalls({ drains: true }), (plan) => {
      expect(expectDrained(plan).result.series.some((value) => value !== 0)).toBe(true);
    });
    fc.assert(law, runs);
  });

  it("run of calls gives the bits of the kernel in JavaScript with a naive queue of pending events", () => {
    const law = fc.property(detailedPlan, seeds, (plan, seed) => {
      const naive = simulationOf(plan, openJavaScriptKernel(plan, { pending: naivePendingEvents() }));
      expect(run(plan, seed, 1)).toEqual(runPrepared(naive, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run of calls is the same in slices of any size, and after any other run", () => {
    const law = fc.property(detailedPlan, seeds, fc.constantFrom(1, 7, 300), (plan, seed, events) => {
      const simulation = createSimulation(plan);
      runPrepared(simulation, seed + 1, 3);
      simulation.reset(seed, 2);
      while (simulation.step(events));
      expect(simulation.result()).toEqual(run(plan, seed, 2));
      let time = 0;
      simulation.reset(seed, 2);
      while (simulation.advanceTo((time += 0.13)));
      expect(simulation.result()).toEqual(run(plan, seed, 2));
    });
    fc.assert(law, runs);
  });

  it("run of calls keeps to what there is: cores, memory, units of pools", () => {
    const law = fc.property(anyCalls(), seeds, (plan, seed) => {
      const value = runMeasured(plan, seed);
      for (const { id, ram_mb } of plan.servers) {
        for (const name of ["cpu", ...POOLS])
          expect(value(`${id}.${name}_utilization_ratio`)).toBeLessThanOrEqual(1 + 1e-12);
        expect(value(`${id}.ram_used_mb_max`)).toBeLessThanOrEqual(ram_mb * (1 + 2e-9));
      }
    });
    fc.assert(law, runs);
  });

  it("run of calls meets all that can happen in the plans of these laws", () => {
    const plans = fc.sample(anyCalls(), { ...runs, numRuns: 60 });
    const values = plans.map((plan) => runMeasured(plan, 1));
    const share = (happens: (plan: Plan, value: Measured) => boolean): number =>
      plans.filter((plan, k) => happens(plan, values[k]!)).length / plans.length;
    const anywhere = (metric: string): number =>
      share(({ servers }, value) => servers.some(({ id }) => value(`${id}.${metric}`) > 0));
    for (const queue of ["ready", "ram", "io", ...POOLS]) expect(anywhere(`${queue}_queue_max`)).toBeGreaterThan(0.2);
    const anyOf = (suffix: string): number =>
      share((plan, value) => metricsOf(plan).some(({ name }) => name.endsWith(suffix) && value(name) > 0));
    expect(anyOf(".row_queue_max")).toBeGreaterThan(0.2);
    expect(anyOf(".row_timeouts")).toBeGreaterThan(0.2);
    expect(anyOf(".deadlocks")).toBeGreaterThan(0.02);
    expect(anyOf(".stale_reads")).toBeGreaterThan(0.02);
    const ofCaches = (count: string): number =>
      share(({ caches = [] }, value) => caches.some(({ id, coalesces }) => coalesces && value(`${id}.${count}`) > 0));
    for (const count of ["hits", "misses", "coalesced", "evictions"]) expect(ofCaches(count)).toBeGreaterThan(0.05);
    expect(share(({ servers }, value) => value(`${servers.at(-1)!.id}.requests_completed`) > 0)).toBeGreaterThan(0.5);
    expect(share((_plan, value) => value("requests_dropped") > 0)).toBeGreaterThan(0.4);
    expect(share((_plan, value) => value("requests_failed") > 0)).toBeGreaterThan(0.4);
    expect(share((_plan, value) => value("requests_timed_out") > 0)).toBeGreaterThan(0.1);
    const retries = (plan: Plan): readonly string[] =>
      metricsOf(plan).flatMap(({ name }) => (name.endsWith(".retries") ? [name] : []));
    expect(share((plan, value) => retries(plan).some((name) => value(name) > 0))).toBeGreaterThan(0.1);
    expect(share((_plan, value) => value("requests_completed") > 20)).toBeGreaterThan(0.4);
    expect(share((_plan, value) => value("requests_in_flight") > 0)).toBeGreaterThan(0.2);
  });
});
