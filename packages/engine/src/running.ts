// What running plans takes, as `@loadstar/engine/running`. All that the package offers are twice as many modules, which a thread that runs
// chunks of a sweep would load for nothing: 0.1 s for each.

export { cellsOf } from "./measures/cells-of.js";
export { runPrepared, type RunOptions } from "./run.js";
export { createSimulation, type Simulation } from "./simulation.js";
