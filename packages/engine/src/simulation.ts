import { FINISHED, OUT_OF_EVENTS, RUNNING, STOPPED } from "./kernel/run-state.js";
import { NumberReader } from "./platform/number-reader.js";
import { measuresOf } from "./measures/measures-of.js";
import { readRecorded } from "./measures/recorded.js";
import { resultOf } from "./measures/result-of.js";
import { openKernel, type OpenKernel } from "./open-kernel.js";
import type { Plan } from "./plan.js";
import type { RunResult } from "./run-result.js";

/** Events between two returns of the kernel: the first ones run before V8 has compiled it well, and a loop is not replaced midway. */
const EVENTS_PER_CALL = 65_536;

/** One plan, ready to be run any number of times; memory is kept from run to run. */
export interface Simulation {
  /** Starts replication `replication` (an integer >= 0) of root seed `seed` (an integer in [0, 2^53)). */
  reset(seed: number, replication: number): void;
  /** Processes at most `events` events; false when the run is over. */
  step(events: number): boolean;
  /** Processes all events before `time_s`; false when the run is over. */
  advanceTo(time_s: number): boolean;
  /** Ends a run that goes on: its result is `truncated`, for this reason. No effect on one that is over. */
  stop(reason: string): void;
  /** What the finished run measured; `samples` are given unless they are not wanted. @throws {Error} while the run goes on. */
  result(wanted?: { readonly samples: boolean }): RunResult;
  /**
   * Prepares another plan in the memory of this one, which must not be used any more: for a sweep over many points, each of which runs
   * a few times only, that is several times as fast as `createSimulation`.
   * @throws {RangeError} for a plan that refers to what it does not define.
   */
  reuse(plan: Plan): Simulation;
}

/**
 * Prepares a plan.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function createSimulation(plan: Plan): Simulation {
  return simulationOf(plan, openKernel(plan));
}

/** A simulation on a kernel that holds the plan. */
export function simulationOf(plan: Plan, kernel: OpenKernel): Simulation {
  const measures = measuresOf(plan);
  let state = RUNNING;
  let stopReason = "";
  const process = (limit: number, until_s: number): boolean => {
    let left = limit;
    let before = Number.NaN;
    // A call that processed nothing has come to `until_s`.
    while (state === RUNNING && left > 0 && kernel.events() !== before) {
      before = kernel.events();
      state = kernel.process(Math.min(left, EVENTS_PER_CALL), until_s);
      left -= kernel.events() - before;
    }
    return state === RUNNING;
  };
  const simulation: Simulation = {
    reset(seed, replication) {
      kernel.reset(seed, replication);
      state = RUNNING;
    },
    step: (events) => process(events, plan.horizon_s),
    advanceTo: (time_s) => process(Number.POSITIVE_INFINITY, time_s),
    stop(reason) {
      if (state === RUNNING) stopReason = reason;
      state = kernel.stop();
    },
    result({ samples } = { samples: true }) {
      if (state === RUNNING) throw new Error("Cannot give the result of a run: it is not finished");
      const reason = state === STOPPED ? stopReason : reasonOf(plan, state, kernel.truncated_s());
      return resultOf(plan, measures, readRecorded(plan, new NumberReader(kernel.saved())), {
        reason,
        events: kernel.events(),
        samples,
      });
    },
    reuse: (other) => simulationOf(other, kernel.reopen(other)),
  };
  simulation.reset(0, 0);
  return simulation;
}

function reasonOf({ budget, horizon_s }: Plan, state: number, time_s: number): string {
  if (state === FINISHED) return "";
  const passed =
    state === OUT_OF_EVENTS
      ? `events reached the budget of ${budget.events}`
      : `live requests exceeded the budget of ${budget.live_requests}`;
  return `${passed} at ${time_s.toPrecision(6)} s of ${horizon_s} s`;
}
