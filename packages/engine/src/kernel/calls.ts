import { TRACE_BACKS_OFF, type Trace } from "../record/trace.js";
import type { Answers } from "./answers.js";
import type { Branches } from "./branches.js";
import type { Frame } from "./frame.js";
import type { Instruction } from "./instruction.js";
import {
  OP_ACQUIRE,
  OP_ASK,
  OP_CALL,
  OP_CALL_WITHIN,
  OP_DONE,
  OP_FORK,
  OP_GIVE_UP,
  OP_JOIN,
  OP_RELEASE,
  OP_RELEASE_RAM,
  OP_RETRY,
  OP_SPAWN,
  OP_TAKE_CORE,
  OP_VANISH,
} from "./operations/calls.js";
import { RANK_STEP, type PendingEvents } from "./pending-events.js";
import type { Stay } from "./stay.js";

/** Frames that wait for others, and what they hold meanwhile. */
export class Calls {
  private readonly stay: Stay;
  private readonly answers: Answers;
  private readonly branches: Branches;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(stay: Stay, answers: Answers, branches: Branches, pending: PendingEvents, trace: Trace) {
    this.stay = stay;
    this.answers = answers;
    this.branches = branches;
    this.pending = pending;
    this.trace = trace;
  }

  /** Does an operation of `operations/calls.ts`; false when the frame waits, or ends. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_CALL:
        this.stay.letCoreGo(frame, at.server!, now);
        this.branches.call(frame, at, now);
        return false;
      case OP_CALL_WITHIN:
        this.stay.letCoreGo(frame, at.server!, now);
        this.branches.callWithin(frame, at, now);
        return false;
      case OP_ASK:
        this.branches.callWithin(frame, at, now);
        return false;
      case OP_GIVE_UP:
        this.branches.giveUp(frame, now);
        return true;
      case OP_RETRY:
        return this.retry(frame, at, now);
      case OP_DONE:
        this.answers.finish(frame, at.link!, now);
        return false;
      case OP_VANISH:
        this.answers.vanish(frame, now);
        return false;
      case OP_FORK:
        this.stay.letCoreGo(frame, at.server!, now);
        this.branches.fork(frame, at, now);
        return false;
      case OP_JOIN:
        this.stay.rest(frame, at.server!, now);
        if (this.answers.watches) this.answers.sortOut(frame, at.server!);
        this.answers.join(frame, at, now);
        return false;
      case OP_SPAWN:
        this.branches.spawn(frame, at, now);
        frame.goTo(at.next!);
        return true;
      case OP_ACQUIRE:
        frame.goTo(at.next!);
        return this.stay.acquire(frame, at.server, at.pool!, now);
      case OP_RELEASE:
        this.stay.release(frame, at.pool!, now);
        frame.goTo(at.next!);
        return true;
      case OP_RELEASE_RAM:
        this.stay.returnRam(frame, at.server!, Math.min(at.amount, frame.ram), now);
        frame.goTo(at.next!);
        return true;
      case OP_TAKE_CORE:
        frame.goTo(at.next!);
        return frame.core || this.stay.askForCore(frame, at.server!, now);
      default:
        return false;
    }
  }

  /** Waits for the next attempt, which gives false, or goes on as a failure. */
  private retry(frame: Frame, at: Instruction, now: number): boolean {
    if (frame.cancelled || !at.retry!.allows(frame.error, frame.extras.counters[at.index])) {
      frame.goTo(at.handler!);
      return true;
    }
    this.trace.record(TRACE_BACKS_OFF, frame, at.link!, now);
    const wait_s = Math.max(frame.extras.retryAfter_s, at.retry!.wait_s(frame, frame.extras.counters[at.index]));
    frame.extras.retryAfter_s = 0;
    frame.extras.counters[at.index] = frame.extras.counters[at.index] + 1;
    at.link!.record.retries += 1;
    frame.error = 0;
    frame.goTo(at.ways[0]);
    this.pending.schedule(frame, now + wait_s, RANK_STEP);
    return false;
  }
}
