import { ENDING_REJECTED } from "../../record/ending.js";
import { TRACE_TURNED_AWAY, TRACE_WAITS_FOR_LIMIT, type Trace } from "../../record/trace.js";
import type { Answers } from "../answers.js";
import type { Frame } from "../frame.js";
import { OP_ADMIT, OP_JUDGE } from "../operations/guards.js";
import type { Instruction } from "../instruction.js";
import { RANK_DELIVERY, type PendingEvents } from "../pending-events.js";
import { limitWait_s } from "./limit-wait.js";

/** What keeps requests and calls from going on. */
export class Guards {
  private readonly answers: Answers;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(answers: Answers, pending: PendingEvents, trace: Trace) {
    this.answers = answers;
    this.pending = pending;
    this.trace = trace;
  }

  /** Does an operation of `guard-operations.ts`; false when the frame waits, or ends. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_ADMIT:
        this.admit(frame, at, now);
        return true;
      case OP_JUDGE:
        this.judge(frame, at, now);
        return true;
      default:
        return this.limit(frame, at, now);
    }
  }

  private admit(frame: Frame, at: Instruction, now: number): void {
    if (at.breaker!.admits(now)) {
      frame.extras.epoch = at.breaker!.epoch;
      frame.extras.called_s = now;
      frame.goTo(at.next!);
      return;
    }
    this.trace.record(TRACE_TURNED_AWAY, frame, at.link!, now);
    at.link!.record.turnedAway += 1;
    frame.error = 1 + ENDING_REJECTED;
    frame.goTo(at.handler!);
  }

  private judge(frame: Frame, at: Instruction, now: number): void {
    if (frame.cancelled) at.breaker!.forget(frame.extras.epoch);
    else at.breaker!.judge(frame.extras.epoch, frame.error !== 0, now - frame.extras.called_s, now);
    frame.goTo(at.next!);
  }

  private limit(frame: Frame, at: Instruction, now: number): boolean {
    const wait_s = limitWait_s(frame, at, now);
    if (wait_s < 0) {
      at.server!.record.limited += 1;
      return this.answers.refuse(frame, at.server!, ENDING_REJECTED, now);
    }
    frame.goTo(at.next!);
    if (wait_s === 0) return true;
    this.trace.record(TRACE_WAITS_FOR_LIMIT, frame, at.server!, now);
    this.pending.schedule(frame, now + wait_s, RANK_DELIVERY);
    return false;
  }
}
