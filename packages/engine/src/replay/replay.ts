import { openJavaScriptKernel } from "../open-javascript-kernel.js";
import type { Plan } from "../plan.js";
import type { RunResult } from "../run-result.js";
import { simulationOf } from "../simulation.js";
import { EventTrace } from "./event-trace.js";
import { placesOf } from "./places-of.js";
import type { ReplayEvents } from "./replay-events.js";

/** Events of the kernel between two pieces of the log. */
const EVENTS_PER_PIECE = 8192;

/**
 * Runs one replication again and tells everything that happens in it, piece by piece in the order of the events; what it returns at
 * the end is equal to `run(plan, seed, replication)` to the last bit. Memory grows with the requests that are alive at once and with one
 * piece, not with the run. It takes five to ten times as long as `run`.
 * @throws {RangeError} at the first piece, for a plan that refers to what it does not define.
 */
export function* replay(plan: Plan, seed: number, replication: number): Generator<ReplayEvents, RunResult, undefined> {
  const trace = new EventTrace();
  const kernel = openJavaScriptKernel(plan, { trace });
  trace.places = placesOf(plan, kernel.system);
  const simulation = simulationOf(plan, kernel);
  simulation.reset(seed, replication);
  while (simulation.step(EVENTS_PER_PIECE)) yield trace.take();
  yield trace.take();
  return simulation.result();
}
