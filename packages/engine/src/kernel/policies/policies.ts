import { ENDING_REJECTED } from "../../record/ending.js";
import { TRACE_FALLS_BACK, TRACE_TURNED_AWAY, type Trace } from "../../record/trace.js";
import type { Branches } from "../branches.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { OP_FALL_BACK, OP_FORGET, OP_HEDGE, OP_LINE_UP, OP_QUEUE_UP } from "../operations/policies.js";

/** Hedged calls, bulkheads, queues of pools and fallbacks. A bulkhead is a pool whose queue has a limit. */
export class Policies {
  private readonly branches: Branches;
  private readonly trace: Trace;

  constructor(branches: Branches, trace: Trace) {
    this.branches = branches;
    this.trace = trace;
  }

  /** Does an operation of `operations/policies.ts`; false when the frame waits. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_HEDGE:
        this.branches.hedge(frame, now);
        return false;
      case OP_QUEUE_UP:
        this.queueUp(frame, at, now);
        return true;
      case OP_LINE_UP:
        this.lineUp(frame, at, now);
        return true;
      case OP_FORGET:
        at.breaker!.forget(frame.extras.epoch);
        frame.goTo(at.next!);
        return true;
      case OP_FALL_BACK:
        this.fallBack(frame, at, now);
        return true;
      default:
        return false;
    }
  }

  private queueUp(frame: Frame, at: Instruction, now: number): void {
    const pool = at.pool!;
    if (pool.isFree() || pool.waiting < at.index) {
      frame.goTo(at.next!);
      return;
    }
    this.trace.record(TRACE_TURNED_AWAY, frame, at.link!, now);
    this.turnAway(frame, at);
  }

  private lineUp(frame: Frame, at: Instruction, now: number): void {
    if (!at.pool!.isFull()) {
      frame.goTo(at.next!);
      return;
    }
    this.trace.record(TRACE_TURNED_AWAY, frame, at.server!, now);
    this.turnAway(frame, at);
  }

  private turnAway(frame: Frame, at: Instruction): void {
    at.pool!.record.rejected += 1;
    frame.error = 1 + ENDING_REJECTED;
    frame.goTo(at.handler!);
  }

  private fallBack(frame: Frame, at: Instruction, now: number): void {
    if (frame.cancelled) {
      frame.goTo(at.handler!);
      return;
    }
    this.trace.record(TRACE_FALLS_BACK, frame, at.link!, now);
    at.link!.record.fallbacks += 1;
    frame.error = 0;
    frame.goTo(at.next!);
  }
}
