import { describe, expect, it } from "vitest";
import { createSimulation, run, runPrepared, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { cpu, endpoint, exponential, singleQueue } from "./plans.js";

/** Ten times what its server can do: some 2 million events, if nobody stops it. */
function exploding(more: Partial<Plan> = {}): Plan {
  const endpoints = [endpoint([cpu(exponential(0.01))])];
  return singleQueue({ rate_per_s: 1000, endpoints, more: { horizon_s: 500, series_cell_s: 10, ...more } });
}

describe("runPrepared", () => {
  it("runPrepared ends a run when it is told to: truncated, with the reason, and without metrics", () => {
    const plan = exploding();
    let asked = 0;
    const stopReason = (): string | undefined => (++asked === 3 ? "enough" : undefined);
    const result = runPrepared(createSimulation(plan), 1, 0, { stopReason });
    expect(asked).toBe(3);
    expect(result).toMatchObject({ outcome: "truncated", reason: "enough", events: 3 * 262_144 });
    expect(result.metrics.every((value) => Number.isNaN(value))).toBe(true);
    const whole = run(plan, 1, 0);
    expect(whole.events).toBeGreaterThan(3 * 262_144);
    // Until then it was the same run.
    const reached = result.series.findIndex((value) => Number.isNaN(value));
    expect(reached).toBeGreaterThan(10);
    expect(result.series.slice(0, reached)).toEqual(whole.series.slice(0, reached));
  });

  it("runPrepared that nobody stops gives the bits of run, and so does the run after one that was stopped", () => {
    const plan = exploding({ horizon_s: 400 });
    const whole = run(plan, 1, 0);
    const simulation = createSimulation(plan);
    expect(runPrepared(simulation, 1, 0, { stopReason: () => undefined })).toEqual(whole);
    runPrepared(simulation, 1, 1, { stopReason: () => "enough" });
    expect(runPrepared(simulation, 1, 0)).toEqual(whole);
  });

  it("runPrepared does not ask about runs that are over before", () => {
    const stopReason = (): string => {
      throw new Error("asked");
    };
    const plan = exploding({ horizon_s: 1 });
    expect(runPrepared(createSimulation(plan), 1, 0, { stopReason })).toEqual(run(plan, 1, 0));
  });
});

describe("Simulation", () => {
  it("Simulation.stop has no effect on a run that is over, and is the same in both kernels", () => {
    const plan = exploding({ horizon_s: 5 });
    const results = [createSimulation(plan), simulationOf(plan, openJavaScriptKernel(plan))].map((simulation) => {
      simulation.reset(1, 0);
      simulation.step(1000);
      simulation.stop("first");
      simulation.stop("second");
      expect(simulation.step(1000)).toBe(false);
      return simulation.result();
    });
    expect(results[0]).toMatchObject({ outcome: "truncated", reason: "first", events: 1000 });
    expect(results[1]).toEqual(results[0]);
    const simulation = createSimulation(plan);
    simulation.reset(1, 0);
    while (simulation.step(1000));
    simulation.stop("late");
    expect(simulation.result()).toEqual(run(plan, 1, 0));
  });
});
