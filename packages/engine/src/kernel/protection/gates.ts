import { ENDING_REJECTED, ENDING_TIMED_OUT } from "../../record/ending.js";
import { TRACE_BEGUN, TRACE_WAITS_FOR_LIMIT, TRACE_WAITS_IN_QUEUE, type Trace } from "../../record/trace.js";
import type { Answers } from "../answers.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { OP_BEGIN, OP_FINISH, OP_PASS_LIMIT, OP_QUEUED } from "../operations/protection.js";
import { RANK_DELIVERY, RANK_TIME_LIMIT, type PendingEvents } from "../pending-events.js";
import { limitWait_s } from "../policies/limit-wait.js";
import type { Requests } from "../requests.js";
import type { Stay } from "../stay.js";
import type { Gate } from "./gate.js";

/** How requests come through the gates of servers and endpoints, and the rate limits of endpoints. */
export class Gates {
  private readonly stay: Stay;
  private readonly answers: Answers;
  private readonly pending: PendingEvents;
  private readonly requests: Requests;
  private readonly trace: Trace;

  constructor(stay: Stay, answers: Answers, pending: PendingEvents, requests: Requests, trace: Trace) {
    this.stay = stay;
    this.answers = answers;
    this.pending = pending;
    this.requests = requests;
    this.trace = trace;
  }

  /** Does an operation of `operations/protection.ts`; false when the frame waits, or ends. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_BEGIN:
        return this.begin(frame, at, now);
      case OP_QUEUED:
        this.shedQueued(frame, now);
        return true;
      case OP_FINISH:
        this.finish(frame, at, now);
        return true;
      case OP_PASS_LIMIT:
        return this.passLimit(frame, at, now);
      default:
        return this.answers.refuse(frame, at.server!, ENDING_REJECTED, now);
    }
  }

  /** The frame goes on, in or back; or waits, which gives false. */
  private passLimit(frame: Frame, at: Instruction, now: number): boolean {
    const wait_s = limitWait_s(frame, at, now);
    if (wait_s < 0) {
      at.gate!.record.limited += 1;
      this.turnAway(frame);
      return true;
    }
    frame.goTo(at.next!);
    if (wait_s === 0) return true;
    this.trace.record(TRACE_WAITS_FOR_LIMIT, frame, at.gate!.server, now);
    this.pending.schedule(frame, now + wait_s, RANK_DELIVERY);
    return false;
  }

  /** The frame goes on, in or back; or waits, which gives false. */
  private begin(frame: Frame, at: Instruction, now: number): boolean {
    const gate = at.gate!;
    const record = gate.record;
    if (gate.sheds(frame, now)) {
      record.shed += 1;
      this.turnAway(frame);
      return true;
    }
    if (gate.hasRoom()) {
      this.letIn(frame, gate, 0, now);
      return true;
    }
    if (gate.queue.isFull()) {
      const victim = gate.queue.victim(frame);
      if (victim === null) {
        record.rejected += 1;
        this.turnAway(frame);
        return true;
      }
      record.dropped += 1;
      gate.leave(victim, now);
      this.wake(victim);
      this.turnAway(victim);
    }
    this.keep(frame, gate, now);
    return false;
  }

  /** The frame waits until it is its turn, or for so long at most. */
  private keep(frame: Frame, gate: Gate, now: number): void {
    this.trace.record(TRACE_WAITS_IN_QUEUE, frame, gate.server, now);
    frame.op = OP_QUEUED;
    const patience_s = gate.keep(frame, now);
    if (patience_s < Infinity) this.pending.schedule(frame, now + patience_s, RANK_TIME_LIMIT);
  }

  /** The frame has waited too long. */
  private shedQueued(frame: Frame, now: number): void {
    const gate = frame.at.gate!;
    gate.record.shed += 1;
    gate.leave(frame, now);
    this.turnAway(frame);
  }

  /** The frame is done: it gives back what it has, its place last. */
  private finish(frame: Frame, at: Instruction, now: number): void {
    const gate = at.gate!;
    const server = gate.server;
    this.stay.rest(frame, server, now);
    if (frame.ram > 0) this.stay.returnRam(frame, server, frame.ram, now);
    gate.finish(frame, now);
    frame.goTo(at.next!);
    for (let next = gate.next(now); next !== null; next = gate.next(now)) {
      this.wake(next);
      if (now < next.deadline_s) this.letIn(next, gate, now - next.queued, now);
      else this.expire(next, gate);
    }
  }

  private letIn(frame: Frame, gate: Gate, wait_s: number, now: number): void {
    gate.begin(frame, wait_s, now);
    this.trace.record(TRACE_BEGUN, frame, gate.server, now);
    frame.goTo(frame.at.next!);
  }

  /** Nobody wants the frame any more whose turn has come. */
  private expire(frame: Frame, gate: Gate): void {
    gate.record.expired += 1;
    frame.error = 1 + ENDING_TIMED_OUT;
    frame.goTo(frame.at.handler!);
  }

  private turnAway(frame: Frame): void {
    frame.error = 1 + ENDING_REJECTED;
    frame.goTo(frame.at.ways[0]);
  }

  /** A frame goes on that was in the queue. */
  private wake(frame: Frame): void {
    if (frame.leaf !== 0) this.pending.cancel(frame);
    this.requests.moment.wake(frame);
  }
}
