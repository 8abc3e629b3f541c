import { EventHeap, type PendingEvents } from "./kernel/pending-events.js";
import { Machine } from "./kernel/machine.js";
import { measuresOf, type Measure } from "./measures/measures-of.js";
import { resultOf } from "./measures/result-of.js";
import type { Plan } from "./plan.js";
import { Recorder } from "./record/recorder.js";
import type { RunResult } from "./run-result.js";

/** One plan, ready to be run any number of times; memory is kept from run to run. */
export interface Simulation {
  /** Starts replication `replication` (an integer >= 0) of root seed `seed` (an integer in [0, 2^53)). */
  reset(seed: number, replication: number): void;
  /** Processes at most `events` events; false when the run is over. */
  step(events: number): boolean;
  /** Processes all events before `time_s`; false when the run is over. */
  advanceTo(time_s: number): boolean;
  /** What the finished run measured. @throws {Error} while the run goes on. */
  result(): RunResult;
}

/**
 * Prepares a plan.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function createSimulation(plan: Plan, pending: PendingEvents = new EventHeap()): Simulation {
  return new PlannedSimulation(plan, pending);
}

class PlannedSimulation implements Simulation {
  declare private readonly plan: Plan;
  declare private readonly pending: PendingEvents;
  declare private readonly recorder: Recorder;
  declare private readonly machine: Machine;
  declare private readonly measures: readonly Measure[];
  declare private events: number;
  declare private running: boolean;
  declare private reason: string;
  declare private warmUpEnd_s: number;
  /** The clock must not pass this without closing a cell or ending the warm-up [s]. */
  declare private boundary_s: number;

  constructor(plan: Plan, pending: PendingEvents) {
    this.plan = plan;
    this.pending = pending;
    this.recorder = new Recorder(plan);
    this.machine = new Machine(plan, pending, this.recorder);
    this.measures = measuresOf(plan);
    this.reset(0, 0);
  }

  reset(seed: number, replication: number): void {
    this.pending.reset();
    this.recorder.reset();
    this.machine.reset(seed, replication);
    this.events = 0;
    this.running = true;
    this.reason = "";
    this.warmUpEnd_s = this.plan.warm_up_s > 0 ? this.plan.warm_up_s : Number.POSITIVE_INFINITY;
    this.boundary_s = Math.min(this.warmUpEnd_s, this.recorder.nextCellEnd_s());
  }

  step(events: number): boolean {
    return this.process(events, this.plan.horizon_s);
  }

  advanceTo(time_s: number): boolean {
    return this.process(Number.POSITIVE_INFINITY, Math.min(time_s, this.plan.horizon_s));
  }

  result(): RunResult {
    if (this.running) throw new Error("Cannot give the result of a run: it is not finished");
    return resultOf(this.plan, this.measures, this.recorder, { reason: this.reason, events: this.events });
  }

  private process(limit: number, until_s: number): boolean {
    if (!this.running) return false;
    const { pending, machine, plan } = this;
    const { live_requests, events: mostEvents } = plan.budget;
    const quota = Math.min(limit, mostEvents - this.events);
    let count = 0;
    while (count < quota && this.running) {
      const time = pending.nextTime();
      if (time >= until_s) break;
      if (time >= this.boundary_s) this.crossBoundaries(time);
      pending.pop();
      machine.handle();
      count++;
      if (machine.frames.live > live_requests) {
        this.truncate(`live requests exceeded the budget of ${live_requests}`, time);
      }
    }
    this.events += count;
    if (this.running) this.settle(until_s);
    return this.running;
  }

  /** After the loop: the run is over at the horizon, or cut where the next event would pass the budget. */
  private settle(until_s: number): void {
    const time = this.pending.nextTime();
    if (time >= this.plan.horizon_s) {
      if (until_s >= this.plan.horizon_s) this.finish();
    } else if (time < until_s && this.events >= this.plan.budget.events) {
      this.truncate(`events reached the budget of ${this.plan.budget.events}`, time);
    }
  }

  /** Closes cells and ends the warm-up up to and including `time` [s]; the warm-up first. */
  private crossBoundaries(time: number): void {
    while (this.boundary_s <= time) {
      if (this.warmUpEnd_s <= this.boundary_s) {
        this.recorder.restart(this.warmUpEnd_s);
        this.warmUpEnd_s = Number.POSITIVE_INFINITY;
      } else this.recorder.closeCell();
      this.boundary_s = Math.min(this.warmUpEnd_s, this.recorder.nextCellEnd_s());
    }
  }

  private finish(): void {
    this.crossBoundaries(this.plan.horizon_s);
    this.recorder.levels.settle(this.plan.horizon_s);
    this.running = false;
  }

  private truncate(reason: string, time_s: number): void {
    this.reason = `${reason} at ${time_s.toPrecision(6)} s of ${this.plan.horizon_s} s`;
    this.running = false;
  }
}
