import type { Plan } from "./plan.js";
import type { RunResult } from "./run-result.js";
import { createSimulation, type Simulation } from "./simulation.js";

/** Events between two returns to the caller's loop: gives the compiler a place to replace the loop by faster code. */
const EVENTS_PER_STEP = 65_536;

/** Simulates one replication of a plan. The same arguments give the same bits on every machine and Node version. */
export function run(plan: Plan, seed: number, replication: number): RunResult {
  return runPrepared(createSimulation(plan), seed, replication);
}

/** As `run`, with a simulation that is used again and again. */
export function runPrepared(simulation: Simulation, seed: number, replication: number): RunResult {
  simulation.reset(seed, replication);
  while (simulation.step(EVENTS_PER_STEP));
  return simulation.result();
}
