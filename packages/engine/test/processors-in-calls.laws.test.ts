import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulation, runPrepared, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { runMeasured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyHastyCalls, type CpuLimits } from "./random-cpus.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { seedThatDrains } from "./random-plans.js";
import { expectDrained } from "./expect-drained.js";

const runs = lawCases(20);
const seeds = fc.nat(1_000_000);

/** With a limit of requests, a backlog or a cold start at every server, or none of it. */
function anyEntered(limits: CpuLimits = {}): fc.Arbitrary<Plan> {
  return fc
    .tuple(anyHastyCalls(limits), fc.option(anyEntrance))
    .map(([plan, entrance]) => (entrance === null ? plan : withEntrance(plan, entrance)));
}

const detailed = (plan: Plan): Plan => ({ ...plan, series_cell_s: 0.1, warm_up_s: 0.4 });

describe("run of calls", () => {
  it("run of calls gives the bits of a naive queue of events where callers give up, cancel and pass their time limits on", () => {
    const law = fc.property(anyEntered().map(detailed), seeds, (plan, seed) => {
      const naive = simulationOf(plan, openJavaScriptKernel(plan, { pending: naivePendingEvents() }));
      const simulation = createSimulation(plan);
      runPrepared(simulation, seed + 1, 0);
      expect(runPrepared(simulation, seed, 1)).toEqual(runPrepared(naive, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run of calls leaves nothing behind when it drains, whoever gave up: no frame, no core, no turn, no thread, no queue", () => {
    const law = fc.property(anyEntered({ drains: true, undisturbed: true }), (plan) => {
      expectDrained(plan);
    });
    fc.assert(law, runs);
  });

  it("run of calls meets callers that give up in the plans of these laws", () => {
    const hasty = fc.sample(anyEntered({ drains: true, undisturbed: true }), { ...runs, numRuns: 40 });
    const drained = hasty.filter((plan) => runMeasured(plan, seedThatDrains(plan))("requests_in_flight") === 0);
    expect(drained.length).toBeGreaterThan(20);
    expect(drained.some((plan) => runMeasured(plan, seedThatDrains(plan))("requests_timed_out") > 5)).toBe(true);
  });
});
