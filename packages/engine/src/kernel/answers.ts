import { ENDING_REJECTED } from "../record/ending.js";
import {
  TRACE_AWAITS,
  TRACE_CALLED,
  TRACE_COMPLETED,
  TRACE_ENDED,
  TRACE_FAILED,
  TRACE_FORKED,
  TRACE_REFUSED,
  TRACE_REJECTED,
  TRACE_RESUMED,
  type Trace,
} from "../record/trace.js";
import type { Frame } from "./frame.js";
import { Instruction, OP_ANSWER } from "./instruction.js";
import type { Link } from "./link.js";
import type { Requests } from "./requests.js";

/** Who waits for whom: the way back of requests, and frames that begin on behalf of others and tell them of their end. */
export class Answers {
  /** What every frame does that goes back. */
  readonly answer: Instruction;
  private readonly requests: Requests;
  private readonly trace: Trace;
  /** How often frames have waited for answers in this replication. */
  private waits: number = 0;

  constructor(requests: Requests, trace: Trace) {
    this.answer = new Instruction(OP_ANSWER);
    this.requests = requests;
    this.trace = trace;
  }

  reset(): void {
    this.waits = 0;
  }

  /** The frame goes over a link that counts it until it has come back or its server has finished. */
  push(frame: Frame, link: Link): void {
    frame.path[frame.depth] = link;
    frame.depth++;
    link.outstanding++;
    frame.goTo(link.target!);
  }

  /** The frame is back over the last link. */
  pop(frame: Frame, now: number): void {
    frame.depth--;
    this.settle(frame.path[frame.depth]!, now);
  }

  /** All that count the frame are told that it is finished, one way or another. */
  settleAll(frame: Frame, now: number): void {
    while (frame.depth > 0) this.pop(frame, now);
  }

  /** Starts a request to another node on behalf of the frame, which waits for its answer. */
  call(frame: Frame, at: Instruction, now: number): void {
    this.expect(frame, at, 1, now);
    const child = this.child(frame, at.ways[0], now);
    child.endpoint = at.index;
    this.trace.record(TRACE_CALLED, child, at.link!, now);
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
    this.trace.record(TRACE_FORKED, this.branch(frame, at.ways[0], now), at.server!, now);
  }

  /** A branch ends. */
  join(frame: Frame, at: Instruction, now: number): void {
    if (this.isExpected(frame)) frame.parent!.served += frame.served;
    this.tell(frame, at.server!, now);
  }

  /** A request is not let in, for a reason: one of ENDING_FAILED ... ENDING_TIMED_OUT. It goes back with this answer, or ends when nobody waits for one. */
  refuse<Place>(frame: Frame, place: Place, ending: i32, now: number): void {
    frame.error = 1 + ending;
    if (frame.responds) this.trace.record(TRACE_REFUSED, frame, place, now);
    else this.traceFailure(frame, place, now);
    this.respond(frame, now);
  }

  /** A request is done with a server, well or not: it goes back, or ends when nobody waits for an answer. */
  respond(frame: Frame, now: number): void {
    if (frame.responds) frame.goTo(this.answer);
    else this.abandon(frame, frame.error - 1, now);
  }

  /** A request or a call is back where it came from. */
  comeBack(frame: Frame, now: number): void {
    if (frame.parent !== null) this.tell(frame, frame.path[0]!, now);
    else if (frame.error !== 0) {
      this.traceFailure(frame, frame.path[0]!.origin!, now);
      this.abandon(frame, frame.error - 1, now);
    } else {
      this.trace.record(TRACE_COMPLETED, frame, frame.path[0]!.origin!, now);
      this.requests.complete(frame, now);
    }
  }

  /** A request or call ends where it is, and its caller knows at once; `ending` is one of ENDING_FAILED ... ENDING_TIMED_OUT. */
  fail(frame: Frame, ending: i32, now: number): void {
    if (frame.parent === null) {
      this.abandon(frame, ending, now);
      return;
    }
    this.settleAll(frame, now);
    frame.error = 1 + ending;
    this.tell(frame, frame.path[0]!, now);
  }

  private abandon(frame: Frame, ending: i32, now: number): void {
    this.settleAll(frame, now);
    this.requests.abandon(frame, ending, now);
  }

  private traceFailure<Place>(frame: Frame, place: Place, now: number): void {
    this.trace.record(frame.error === 1 + ENDING_REJECTED ? TRACE_REJECTED : TRACE_FAILED, frame, place, now);
  }

  private settle(link: Link, now: number): void {
    link.outstanding--;
    if (link.dialling !== null) link.dialling!.release(now);
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
    return frame;
  }

  /** A frame that does a part of another's work. */
  private branch(origin: Frame, at: Instruction, now: number): Frame {
    const frame = this.requests.create(at, now);
    frame.requestClass = origin.requestClass;
    frame.served = 0;
    return frame;
  }

  private isExpected(frame: Frame): boolean {
    return frame.parent !== null && frame.answers === frame.parent!.wait;
  }

  /** A call or branch ends, and its parent is told, if it still waits for it. */
  private tell<Place>(frame: Frame, place: Place, now: number): void {
    const isExpected = this.isExpected(frame);
    this.trace.record(TRACE_ENDED, frame, place, now);
    this.requests.release(frame);
    if (!isExpected) return;
    const parent = frame.parent!;
    const at = parent.at;
    parent.count(frame.error);
    if (parent.needed === 0) {
      parent.error = 0;
      this.resume(parent, at.next!, now);
    } else if (parent.spare < 0 && (parent.out === 0 || at.index === 1)) this.resume(parent, at.handler!, now);
  }

  private resume(frame: Frame, next: Instruction, now: number): void {
    frame.wait = 0;
    this.trace.record(TRACE_RESUMED, frame, frame.at.server!, now);
    frame.goTo(next);
    this.requests.woken.append(frame);
  }
}
