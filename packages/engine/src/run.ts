import type { Plan } from "./plan.js";
import type { RunResult } from "./run-result.js";
import { createSimulation, type ResultWanted, type Simulation } from "./simulation.js";

/** What may end a run besides its plan, and what is wanted of it. */
export interface RunOptions extends ResultWanted {
  /**
   * Asked every quarter of a million events or so, which take some hundredths of a second. A text ends the run: its result is
   * `truncated` for that reason. When that is depends on who answers; up to there the run is the same as without it.
   */
  readonly stopReason?: () => string | undefined;
}

/** Events between two questions whether to stop. */
const EVENTS_PER_QUESTION = 262_144;

/** Simulates one replication of a plan. The same arguments give the same bits on every machine and Node version. */
export function run(plan: Plan, seed: number, replication: number): RunResult {
  return runPrepared(createSimulation(plan), seed, replication);
}

/** As `run`, with a simulation that is used again and again. */
export function runPrepared(
  simulation: Simulation,
  seed: number,
  replication: number,
  { stopReason, ...wanted }: RunOptions = {},
): RunResult {
  simulation.reset(seed, replication);
  while (simulation.step(EVENTS_PER_QUESTION)) {
    const reason = stopReason?.();
    if (reason !== undefined) simulation.stop(reason);
  }
  return simulation.result(wanted);
}
