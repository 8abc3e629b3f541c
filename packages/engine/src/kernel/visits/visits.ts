import type { KindRecord } from "../../record/kind-record.js";
import type { Recorder } from "../../record/recorder.js";
import { ENDING_TIMED_OUT } from "../../record/ending.js";
import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, type Ints } from "../../platform/platform.js";
import { NOT_VISITING } from "../frame-extras.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { OP_COME, OP_DEPART, OP_VISIT } from "../operations/visits.js";
import type { Server } from "../server.js";

/**
 * Visits to servers, recorded by endpoint and by class. A frame that is at a server knows the record it counts for: first that of whom no endpoint
 * is chosen for, then that of its endpoint. It counts once, when it leaves, is turned away, or ends there.
 */
export class Visits {
  private readonly recorder: Recorder;
  /** For each class by number, and first for none: its place among the records of an endpoint. */
  private columns: Ints;

  constructor(recorder: Recorder) {
    this.recorder = recorder;
    this.columns = newInts(0);
  }

  read(plan: NumberReader): void {
    const classes = plan.int();
    const columns = newInts(classes);
    for (let k = 0; k < classes; k++) columns[k] = plan.int();
    this.columns = columns;
  }

  /** Does an operation of `operations/visits.ts`; every one of them goes on. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_COME:
        frame.extras.visit = this.columnOf(frame) + this.rowOf(frame, at.server!, at.index);
        break;
      case OP_VISIT:
        frame.extras.visit = this.columnOf(frame) + at.index;
        break;
      case OP_DEPART:
        this.depart(frame, now);
        break;
      default:
        return false;
    }
    frame.goTo(at.next!);
    return true;
  }

  /** A request is turned away, or fails where it is, before it leaves by itself; `ending` is one of ENDING_FAILED ... ENDING_TIMED_OUT. */
  end(frame: Frame, ending: i32): void {
    if (frame.extras.visit === NOT_VISITING) return;
    this.recordOf(frame).abandon(ending, true, this.recorder.closedCells);
    frame.extras.visit = NOT_VISITING;
  }

  /** A frame that nobody wants ends. */
  vanish(frame: Frame): void {
    this.end(frame, frame.error === 0 ? ENDING_TIMED_OUT : frame.error - 1);
  }

  private depart(frame: Frame, now: number): void {
    if (frame.error !== 0) {
      this.end(frame, frame.error - 1);
      return;
    }
    this.recordOf(frame).complete(now - frame.arrived, true, this.recorder.closedCells);
    frame.extras.visit = NOT_VISITING;
  }

  private recordOf(frame: Frame): KindRecord {
    return this.recorder.visits[frame.extras.visit];
  }

  private columnOf(frame: Frame): i32 {
    return this.columns[1 + frame.requestClass];
  }

  /** The records of the endpoint that it asks for, or `unknown` where the server will choose. */
  private rowOf(frame: Frame, server: Server, unknown: i32): i32 {
    const endpoints = server.endpoints;
    if (endpoints.length === 1) return endpoints[0].start.index;
    for (let k = 0; k < endpoints.length; k++) {
      if (frame.endpoint >= 0 && endpoints[k].name === frame.endpoint) return endpoints[k].start.index;
    }
    return unknown;
  }
}
