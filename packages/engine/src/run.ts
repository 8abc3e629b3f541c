import type { Plan } from "./plan.js";
import type { RunResult } from "./run-result.js";
import { createSimulation, type Simulation } from "./simulation.js";

/** Simulates one replication of a plan. The same arguments give the same bits on every machine and Node version. */
export function run(plan: Plan, seed: number, replication: number): RunResult {
  return runPrepared(createSimulation(plan), seed, replication);
}

/** As `run`, with a simulation that is used again and again. */
export function runPrepared(simulation: Simulation, seed: number, replication: number): RunResult {
  simulation.reset(seed, replication);
  simulation.advanceTo(Number.POSITIVE_INFINITY);
  return simulation.result();
}
