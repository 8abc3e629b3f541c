/** What runs plans and folds their results, for threads that do nothing else: without replays and their kernel in JavaScript it is loaded in half the time. */
export { bucketHigh, bucketLow, type HistogramBuckets } from "./histogram-buckets.js";
export { cellEnd_s, cellsOf } from "./measures/cells-of.js";
export { namedUniforms } from "./random/named-uniforms.js";
export { runPrepared, type RunOptions } from "./run.js";
export type { RunResult } from "./run-result.js";
export { createSimulation, type Simulation } from "./simulation.js";
