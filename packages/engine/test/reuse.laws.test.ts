import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulation, run, runPrepared, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { cpu, endpoint, exponential, singleQueue } from "./plans.js";
import { anyMessaging } from "./random-brokers.js";
import { anyHastyCalls } from "./random-cpus.js";
import { anyGated } from "./random-gates.js";
import { anyLlms } from "./random-llms.js";
import { anyNetworkCalls } from "./random-networks.js";
import { anyPlan } from "./random-plans.js";

const anySystem: fc.Arbitrary<Plan> = fc.oneof(
  anyPlan(),
  anyHastyCalls(),
  anyGated(anyHastyCalls()),
  anyLlms(),
  anyNetworkCalls(),
  anyMessaging(),
);

/** Whatever came before in the same memory: it may record attribution, which another kernel does, and be any number of runs. */
const anyChain = fc.array(
  fc.record({ plan: anySystem, attribution: fc.boolean(), seed: fc.nat(1000), runs: fc.integer({ min: 0, max: 2 }) }),
  { minLength: 2, maxLength: 4 },
);

describe("Simulation.reuse", () => {
  it("Simulation.reuse gives the bits of a simulation of its own, whatever the memory held before", () => {
    const law = fc.property(anyChain, (chain) => {
      let simulation = createSimulation(singleQueue({ rate_per_s: 1, endpoints: [endpoint([cpu(0.1)])] }));
      for (const { plan: bare, attribution, seed, runs } of chain) {
        const plan = { ...bare, attribution, series_cell_s: 0.1 };
        simulation = simulation.reuse(plan);
        for (let k = 0; k < runs; k++) expect(runPrepared(simulation, seed, k)).toEqual(run(plan, seed, k));
      }
    });
    fc.assert(law, lawCases(10));
  });

  it("Simulation.reuse does not keep the memory that a large plan needed", () => {
    const busy = endpoint([cpu(exponential(1))]);
    const large = { ...singleQueue({ rate_per_s: 1, endpoints: [busy] }), horizon_s: 1000, series_cell_s: 0.001 };
    const small = { ...large, series_cell_s: 0 };
    const simulation = createSimulation(large).reuse(small);
    expect(runPrepared(simulation, 7, 3)).toEqual(run(small, 7, 3));
  });

  it("Simulation.reuse refuses a plan that refers to what it does not define, and a new simulation can be made after that", () => {
    const plan = { ...singleQueue({ rate_per_s: 1, endpoints: [endpoint([cpu(0.1)])] }), horizon_s: 10 };
    const simulation = createSimulation(plan);
    expect(() => simulation.reuse({ ...plan, edges: [] })).toThrow(RangeError);
    expect(runPrepared(simulation.reuse(plan), 1, 1)).toEqual(run(plan, 1, 1));
  });

  it("Simulation.reuse of the kernel in JavaScript is that kernel again", () => {
    const plan = { ...singleQueue({ rate_per_s: 5, endpoints: [endpoint([cpu(exponential(0.1))])] }), horizon_s: 10 };
    const simulation = simulationOf(plan, openJavaScriptKernel(plan)).reuse({ ...plan, horizon_s: 20 });
    expect(runPrepared(simulation, 1, 1)).toEqual(run({ ...plan, horizon_s: 20 }, 1, 1));
  });
});

describe("runPrepared", () => {
  it("runPrepared without samples gives everything else", () => {
    const plan = {
      ...singleQueue({ rate_per_s: 5, endpoints: [endpoint([cpu(0.1)])] }),
      horizon_s: 10,
      series_cell_s: 1,
    };
    const simulation = createSimulation(plan);
    const { samples, ...others } = runPrepared(simulation, 1, 1);
    expect(samples).toHaveLength(others.series.length);
    const without = { ...others, samples: new Float64Array(0) };
    expect(runPrepared(simulation, 1, 1, { samples: false })).toEqual(without);
  });
});
