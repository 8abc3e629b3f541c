import { describe, expect, test } from "vitest";
import { createSimulation, run, runPrepared } from "../src/index.js";
import { cpu, endpoint, singleQueue } from "./plans.js";

const PLAN = { ...singleQueue({ rate_per_s: 2, endpoints: [endpoint([cpu(0.1)])] }), horizon_s: 20, series_cell_s: 1 };

describe("runPrepared", () => {
  test("runPrepared puts series where they are wanted, whatever stood there", () => {
    const simulation = createSimulation(PLAN);
    const first = runPrepared(simulation, 1, 0);
    const second = runPrepared(simulation, 1, 1, { series: first.series.fill(7) });
    expect(second.series).toBe(first.series);
    expect(second).toEqual(run(PLAN, 1, 1));
    // A run that was cut has no value in the cells after that.
    const stopped = createSimulation({ ...PLAN, budget: { events: 30, live_requests: 1e6 } });
    const cut = runPrepared(stopped, 1, 2, { series: first.series.fill(7) });
    expect(cut.outcome).toBe("truncated");
    expect(cut.series).toEqual(runPrepared(stopped, 1, 2).series);
    expect(cut.series.some(Number.isNaN)).toBe(true);
  });

  test("runPrepared refuses an array for series that has another length", () => {
    const simulation = createSimulation(PLAN);
    const { length } = runPrepared(simulation, 1, 0).series;
    expect(() => runPrepared(simulation, 1, 0, { series: new Float64Array(length + 1) })).toThrow(
      `Cannot give series: their array must have length ${length}: current value is ${length + 1}`,
    );
  });
});
