import { Level } from "../record/level.js";
import { Recorder } from "../record/recorder.js";
import type { Trace } from "../record/trace.js";
import type { Frame } from "./frame.js";
import { Frames } from "./frames.js";
import { Machine } from "./machine.js";
import type { NumberReader } from "../platform/number-reader.js";
import { NumberWriter } from "../platform/number-writer.js";
import type { PendingEvents } from "./pending-events.js";
import { FINISHED, OUT_OF_EVENTS, OUT_OF_LIVE_REQUESTS, RUNNING, STOPPED } from "./run-state.js";
import { System } from "./system.js";

/** The loop counts in whole numbers. */
const MOST_EVENTS_A_CALL: number = 1_073_741_824;

/** One plan and the loop that runs it: events in order, cells and warm-up closed on the way, budgets kept. */
export class Kernel {
  readonly machine: Machine;
  readonly system: System;
  readonly recorder: Recorder;
  readonly frames: Frames;
  /** What the recorder saved when the run was over. */
  readonly saved: NumberWriter;
  /** Events processed. */
  events: number;
  /** RUNNING, FINISHED, OUT_OF_EVENTS, OUT_OF_LIVE_REQUESTS or STOPPED. */
  state: i32;
  /** When the budget was passed, or the run was stopped [s]. */
  truncated_s: number;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;
  private readonly horizon_s: number;
  private readonly warm_up_s: number;
  private readonly mostEvents: number;
  /** Time of the event that was handled last [s]. */
  private now: number;
  private warmUpEnd_s: number;
  /** The clock must not pass this without closing a cell or ending the warm-up [s]. */
  private boundary_s: number;

  constructor(plan: NumberReader, pending: PendingEvents, trace: Trace) {
    // Columns, to which others refer.
    plan.skip(plan.int());
    const horizon_s = plan.number();
    const warm_up_s = plan.number();
    const series_cell_s = plan.number();
    const mostEvents = plan.number();
    const mostLiveRequests = plan.number();
    const recorder = new Recorder(plan, horizon_s, series_cell_s);
    const hops = plan.int();
    const loops = plan.int();
    const system = new System(plan, recorder, pending, horizon_s);
    const frames = new Frames(new Level(0), hops, loops, mostLiveRequests);
    this.pending = pending;
    this.trace = trace;
    this.horizon_s = horizon_s;
    this.warm_up_s = warm_up_s;
    this.mostEvents = mostEvents;
    this.system = system;
    this.recorder = recorder;
    this.frames = frames;
    this.saved = new NumberWriter();
    this.machine = new Machine(system, pending, recorder, trace, frames, warm_up_s);
    this.events = 0;
    this.state = RUNNING;
    this.truncated_s = 0;
    this.now = 0;
    this.warmUpEnd_s = 0;
    this.boundary_s = 0;
  }

  /** Starts a replication, whose streams the host has reset. */
  reset(): void {
    this.pending.reset();
    this.recorder.reset();
    this.trace.reset(this.warm_up_s, this.recorder.detailCells);
    this.machine.reset();
    this.events = 0;
    this.state = RUNNING;
    this.now = 0;
    this.warmUpEnd_s = this.warm_up_s > 0 ? this.warm_up_s : Infinity;
    this.boundary_s = Math.min(this.warmUpEnd_s, this.recorder.nextCellEnd_s());
  }

  /** Processes at most `limit` events, all before `until_s`, and gives the state. */
  process(limit: number, until_s: number): i32 {
    if (this.state !== RUNNING) return this.state;
    const end_s = Math.min(until_s, this.horizon_s);
    const machine = this.machine;
    const quota = Math.min(Math.min(limit, this.mostEvents - this.events), MOST_EVENTS_A_CALL) as i32;
    machine.left = quota;
    let now = this.now;
    let due_s = Math.min(end_s, this.boundary_s);
    let frame: Frame | null = machine.hasArriving() ? machine.nextArriving(now) : null;
    while (true) {
      if (frame === null) {
        if (machine.left < 1) break;
        const time = this.pending.nextTime();
        if (time >= due_s) {
          if (time >= end_s) break;
          this.crossBoundaries(time);
          due_s = Math.min(end_s, this.boundary_s);
        }
        now = time;
        machine.left -= 1;
        frame = this.pending.take();
      }
      machine.handle(frame, now);
      frame = null;
      if (this.frames.overfull) {
        this.truncate(OUT_OF_LIVE_REQUESTS, now);
        break;
      }
    }
    this.now = now;
    this.events += (quota - machine.left) as number;
    if (this.state === RUNNING) this.settle(end_s);
    return this.state;
  }

  /** Ends a run that goes on, and gives the state. */
  stop(): i32 {
    if (this.state === RUNNING) this.truncate(STOPPED, this.now);
    return this.state;
  }

  /** After the loop: the run is over at the horizon, or cut where the next event would pass the budget. */
  private settle(end_s: number): void {
    const time = this.machine.hasArriving() ? this.now : this.pending.nextTime();
    if (time >= this.horizon_s) {
      if (end_s >= this.horizon_s) this.finish();
    } else if (time < end_s && this.events >= this.mostEvents) this.truncate(OUT_OF_EVENTS, time);
  }

  /** Closes cells and ends the warm-up up to and including `time` [s]; the warm-up first. */
  private crossBoundaries(time: number): void {
    while (this.boundary_s <= time) {
      if (this.warmUpEnd_s <= this.boundary_s) {
        this.recorder.restart(this.warmUpEnd_s);
        this.warmUpEnd_s = Infinity;
      } else {
        this.recorder.closeCell();
        this.trace.closeCell();
      }
      this.boundary_s = Math.min(this.warmUpEnd_s, this.recorder.nextCellEnd_s());
    }
  }

  private finish(): void {
    this.crossBoundaries(this.horizon_s);
    this.recorder.settle(this.horizon_s);
    this.system.settle(this.horizon_s);
    this.recorder.save(this.saved);
    this.trace.save(this.saved);
    this.state = FINISHED;
  }

  private truncate(state: i32, time_s: number): void {
    this.system.settle(time_s);
    this.recorder.save(this.saved);
    this.trace.save(this.saved);
    this.state = state;
    this.truncated_s = time_s;
  }
}
