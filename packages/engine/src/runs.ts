/** What runs plans, for threads that do nothing else: without replays and their kernel in JavaScript it is loaded in half the time. */
export { cellsOf } from "./measures/cells-of.js";
export { runPrepared, type RunOptions } from "./run.js";
export type { RunResult } from "./run-result.js";
export { createSimulation, type Simulation } from "./simulation.js";
