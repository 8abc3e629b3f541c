import { ENDING_REJECTED } from "../record/ending.js";
import { TRACE_TURNED_AWAY, type Trace } from "../record/trace.js";
import type { Frame } from "./frame.js";
import { OP_ADMIT, OP_JUDGE } from "./guard-operations.js";
import type { Instruction } from "./instruction.js";

/** What keeps requests and calls from going on. */
export class Guards {
  private readonly trace: Trace;

  constructor(trace: Trace) {
    this.trace = trace;
  }

  /** Does an operation of `guard-operations.ts`. */
  advance(frame: Frame, at: Instruction, now: number): void {
    switch (frame.op) {
      case OP_ADMIT:
        this.admit(frame, at, now);
        break;
      case OP_JUDGE:
        this.judge(frame, at, now);
        break;
    }
  }

  private admit(frame: Frame, at: Instruction, now: number): void {
    if (at.breaker!.admits(now)) {
      frame.epoch = at.breaker!.epoch;
      frame.called_s = now;
      frame.goTo(at.next!);
      return;
    }
    this.trace.record(TRACE_TURNED_AWAY, frame, at.link!, now);
    at.link!.record.turnedAway += 1;
    frame.error = 1 + ENDING_REJECTED;
    frame.goTo(at.handler!);
  }

  private judge(frame: Frame, at: Instruction, now: number): void {
    if (frame.cancelled) at.breaker!.forget(frame.epoch);
    else at.breaker!.judge(frame.epoch, frame.error !== 0, now - frame.called_s, now);
    frame.goTo(at.next!);
  }
}
