import { ENDING_TIMED_OUT } from "../record/ending.js";
import {
  TRACE_AWAITS,
  TRACE_CALLED,
  TRACE_FORKED,
  TRACE_HEDGED,
  TRACE_TIMED_OUT,
  type Trace,
} from "../record/trace.js";
import type { Answers } from "./answers.js";
import type { Frame } from "./frame.js";
import type { Instruction } from "./instruction.js";
import { OP_GIVE_UP } from "./operations/calls.js";
import { OP_HEDGE } from "./operations/policies.js";
import { RANK_TIME_LIMIT, type PendingEvents } from "./pending-events.js";
import type { Requests } from "./requests.js";
import type { Server } from "./server.js";

/** Frames that begin on behalf of others: calls, attempts, branches. */
export class Branches {
  private readonly answers: Answers;
  private readonly requests: Requests;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;
  /** How often frames have waited for answers: each wait has its number. */
  private waits: number = 0;

  constructor(answers: Answers, requests: Requests, pending: PendingEvents, trace: Trace) {
    this.answers = answers;
    this.requests = requests;
    this.pending = pending;
    this.trace = trace;
  }

  /** Starts a request to another node on behalf of the frame, which waits for its answer. */
  call(frame: Frame, at: Instruction, now: number): void {
    this.expect(frame, at, 1, now);
    at.link!.record.calls += 1;
    const child = this.child(frame, at.ways[0], now);
    child.called = true;
    child.endpoint = at.index;
    this.trace.record(TRACE_CALLED, child, at.link!, now);
  }

  /** As `call`, and with a time limit; from a generator, if the instruction has no server. */
  callWithin(frame: Frame, at: Instruction, now: number): void {
    this.waits += 1;
    frame.expect(this.waits, 1, 1);
    this.trace.record(TRACE_AWAITS, frame, at.link!, now);
    frame.extras.until_s = Math.min(frame.deadline_s, at.amount > 0 ? now + at.amount : Infinity);
    frame.extras.hedges = 0;
    this.send(frame, at, TRACE_CALLED, now);
  }

  /** There is no answer yet, and the attempt is sent once more. */
  hedge(frame: Frame, now: number): void {
    const at = frame.at;
    frame.extras.hedges++;
    frame.out++;
    frame.spare++;
    at.link!.record.hedges += 1;
    this.send(frame, at, TRACE_HEDGED, now);
  }

  /** The time limit has come, and the frame goes on without an answer. */
  giveUp(frame: Frame, now: number): void {
    const at = frame.at;
    this.trace.record(TRACE_TIMED_OUT, frame, at.link!, now);
    at.link!.record.timeouts += 1;
    if (at.cancels) this.answers.cancellation.cancelChildren(frame, now);
    frame.wait = 0;
    frame.firstChild = null;
    frame.error = 1 + ENDING_TIMED_OUT;
    frame.goTo(at.handler!);
  }

  /** Starts branches of the frame, which waits for some of them. */
  fork(frame: Frame, at: Instruction, now: number): void {
    this.expect(frame, at, at.amount as i32, now);
    for (let way = 0; way < at.ways.length; way++) {
      this.trace.record(TRACE_FORKED, this.child(frame, at.ways[way], now), at.server!, now);
    }
  }

  /** Starts a branch that the frame does not wait for. */
  spawn(frame: Frame, at: Instruction, now: number): void {
    this.detach(frame, at.ways[0], at.server!, now);
  }

  /** A frame begins at a server on behalf of another one, which does not wait for it. */
  detach(origin: Frame, start: Instruction, server: Server, now: number): Frame {
    const frame = this.branch(origin, start, now);
    this.trace.record(TRACE_FORKED, frame, server, now);
    return frame;
  }

  /** Starts what the frame waits for, and sees to what it does if there is no answer. */
  private send(frame: Frame, at: Instruction, kind: i32, now: number): void {
    at.link!.record.calls += 1;
    const child = this.child(frame, at.ways[0], now);
    child.called = at.server !== null;
    child.endpoint = child.called ? at.index : frame.endpoint;
    child.extras.copy = frame.extras.hedges;
    this.trace.record(kind, child, at.link!, now);
    if (at.propagates) child.deadline_s = frame.extras.until_s;
    const next_s = at.hedge === null ? Infinity : at.hedge!.next_s(frame.extras.hedges, now);
    const end_s = Math.min(next_s, frame.extras.until_s);
    frame.op = next_s < frame.extras.until_s ? OP_HEDGE : end_s < Infinity ? OP_GIVE_UP : at.op;
    if (end_s < Infinity) this.pending.schedule(frame, Math.max(now, end_s), RANK_TIME_LIMIT);
  }

  /** The frame starts to wait for answers to all ways of an instruction. */
  private expect(frame: Frame, at: Instruction, needed: i32, now: number): void {
    this.waits += 1;
    frame.expect(this.waits, at.ways.length, needed);
    this.trace.record(TRACE_AWAITS, frame, at.server!, now);
  }

  /** A frame whose end the parent waits for. */
  private child(parent: Frame, at: Instruction, now: number): Frame {
    const frame = this.branch(parent, at, now);
    frame.parent = parent;
    frame.answers = parent.wait;
    frame.extras.copy = 0;
    frame.deadline_s = parent.deadline_s;
    if (this.answers.cancels) parent.adopt(frame);
    return frame;
  }

  /** A frame that does a part of another's work. */
  private branch(origin: Frame, at: Instruction, now: number): Frame {
    const frame = this.requests.create(at, now);
    frame.requestClass = origin.requestClass;
    frame.priority = origin.priority;
    frame.extras.loop = origin.extras.loop;
    frame.served = 0;
    frame.cpu_s = 0;
    const bill = origin.bill;
    if (bill !== null) bill.share(origin, frame);
    return frame;
  }
}
