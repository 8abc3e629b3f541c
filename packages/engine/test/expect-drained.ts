import fc from "fast-check";
import { expect } from "vitest";
import { runPrepared, type Plan, type RunResult } from "../src/index.js";
import { openJavaScriptKernel, type OpenJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { liveFrames } from "./live-frames.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { seedThatDrains } from "./random-plans.js";
import { levelsLeft } from "./stays-when-drained.js";

/** A run that has drained, with the plan of one cell that was run. */
export interface DrainedRun {
  readonly plan: Plan;
  readonly result: RunResult;
  readonly kernel: OpenJavaScriptKernel;
}

/** Runs a plan that drains: when no event is left, no frame may be, and no level but those that may stay. */
export function expectDrained(plan: Plan): DrainedRun {
  const whole = { ...plan, series_cell_s: plan.horizon_s };
  const pending = naivePendingEvents();
  const kernel = openJavaScriptKernel(whole, { pending });
  const result = runPrepared(simulationOf(whole, kernel), seedThatDrains(plan), 0);
  fc.pre(pending.nextTime() === Number.POSITIVE_INFINITY);
  expect(liveFrames(kernel.frames)).toBe(0);
  expect(levelsLeft(whole, result.samples)).toEqual([]);
  return { plan: whole, result, kernel };
}
