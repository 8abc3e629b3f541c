import { ENDING_REJECTED } from "../record/ending.js";
import {
  TRACE_COMPLETED,
  TRACE_ENDED,
  TRACE_FAILED,
  TRACE_REFUSED,
  TRACE_REJECTED,
  TRACE_RESUMED,
  type Trace,
} from "../record/trace.js";
import { Cancellation } from "./cancellation.js";
import type { Frame } from "./frame.js";
import { Instruction } from "./instruction.js";
import type { Link } from "./link.js";
import { OP_ANSWER } from "./operations/core.js";
import type { PendingEvents } from "./pending-events.js";
import type { Requests } from "./requests.js";
import type { Server } from "./server.js";
import { WHOLE } from "./whole.js";

/** The way back of requests, and how those hear of the end of frames that wait for it. */
export class Answers {
  /** What every frame does that goes back. */
  readonly answer: Instruction;
  /** Whether callers may give up, and whether that may cancel what they called. */
  readonly watches: boolean;
  readonly cancels: boolean;
  readonly cancellation: Cancellation;
  private readonly requests: Requests;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(requests: Requests, pending: PendingEvents, trace: Trace, watches: boolean, cancels: boolean) {
    this.answer = new Instruction(OP_ANSWER);
    this.watches = watches;
    this.cancels = cancels;
    this.cancellation = new Cancellation(requests, pending, trace);
    this.requests = requests;
    this.pending = pending;
    this.trace = trace;
  }

  /** The frame goes over a link that it comes back over, or whose load balancer counts it until its server has finished. */
  push(frame: Frame, link: Link, now: number): void {
    frame.path[frame.depth] = link;
    frame.sent_s[frame.depth] = now;
    frame.depth++;
  }

  /** The frame is back over the last link, or finished: the load balancer that chose it hears of that. */
  pop(frame: Frame, now: number): void {
    frame.depth--;
    const link = frame.path[frame.depth]!;
    const balancer = link.balancer;
    if (balancer !== null) balancer.settled(link, now - frame.sent_s[frame.depth], frame.error !== 0, now);
    if (WHOLE && link.dialling !== null) link.dialling!.release(now);
  }

  /** All load balancers that count the frame hear that it is finished, one way or another, the last one first. */
  settleAll(frame: Frame, now: number): void {
    while (frame.depth > 0) this.pop(frame, now);
  }

  /** Whether a load balancer that knows which servers are down has sent the frame to where it is. */
  isVouchedFor(frame: Frame): boolean {
    if (frame.depth === 0) return false;
    const balancer = frame.path[frame.depth - 1]!.balancer;
    return balancer !== null && balancer.knows;
  }

  /** A request that started attempts is over, well or not. */
  finish(frame: Frame, link: Link, now: number): void {
    if (frame.error === 0) {
      this.trace.record(TRACE_COMPLETED, frame, link, now);
      this.requests.complete(frame, now);
    } else {
      this.traceFailure(frame, link, now);
      this.requests.abandon(frame, frame.error - 1, now);
    }
  }

  /** A frame that nobody wants ends. */
  vanish(frame: Frame, now: number): void {
    this.requests.visits.vanish(frame);
    this.settleAll(frame, now);
    this.trace.record(TRACE_ENDED, frame, frame, now);
    this.requests.release(frame);
  }

  /** A visit is over: its CPU time was for nobody when the caller has given up, or the caller's caller. */
  sortOut(frame: Frame, server: Server): void {
    server.record.cpu_s += frame.cpu_s;
    if (frame.cancelled || !frame.isWanted()) server.record.zombie_s += frame.cpu_s;
  }

  /** A branch ends. */
  join(frame: Frame, at: Instruction, now: number): void {
    if (frame.isExpected()) frame.parent!.served += frame.served;
    this.tell(frame, at.server!, now);
  }

  /**
   * A request is not let in; `ending` is one of ENDING_FAILED ... ENDING_TIMED_OUT. It goes back with this answer, or ends when nobody waits
   * for one, which gives false.
   */
  refuse<Place>(frame: Frame, place: Place, ending: i32, now: number): boolean {
    frame.error = 1 + ending;
    if (WHOLE) this.requests.visits.end(frame, ending);
    if (frame.responds || (WHOLE && frame.parent !== null)) this.trace.record(TRACE_REFUSED, frame, place, now);
    return this.respond(frame, place, now);
  }

  /** A request is done with a server, well or not: it goes back, or ends when nobody waits for an answer, which gives false. */
  respond<Place>(frame: Frame, place: Place, now: number): boolean {
    if (WHOLE && frame.cancelled) {
      this.vanish(frame, now);
      return false;
    }
    if (frame.responds) {
      frame.goTo(this.answer);
      return true;
    }
    if (!WHOLE || frame.parent === null) {
      this.traceFailure(frame, place, now);
      this.abandon(frame, frame.error - 1, now);
    } else {
      this.settleAll(frame, now);
      this.tell(frame, frame.at, now);
    }
    return false;
  }

  /** A request or a call is back where it came from. */
  comeBack(frame: Frame, now: number): void {
    this.comeBackTo(frame, frame.path[0]!.origin!, now);
  }

  /** A request or a call is back at the place that sent it. */
  comeBackTo(frame: Frame, place: Instruction, now: number): void {
    if ((WHOLE && frame.parent !== null) || frame.error !== 0) {
      this.endOtherwise(frame, place, now);
      return;
    }
    this.trace.record(TRACE_COMPLETED, frame, place, now);
    this.requests.complete(frame, now);
  }

  /** A call ends, or a request that failed. */
  private endOtherwise(frame: Frame, place: Instruction, now: number): void {
    if (WHOLE && frame.parent !== null) {
      this.tell(frame, place, now);
      return;
    }
    this.traceFailure(frame, place, now);
    this.abandon(frame, frame.error - 1, now);
  }

  /** A request or call is lost on a link and ends, and its caller knows at once; `ending` is one of ENDING_FAILED ... ENDING_TIMED_OUT. */
  fail(frame: Frame, link: Link, ending: i32, now: number): void {
    if (!WHOLE || frame.parent === null) {
      this.abandon(frame, ending, now);
      return;
    }
    frame.error = 1 + ending;
    this.settleAll(frame, now);
    this.tell(frame, link, now);
  }

  private abandon(frame: Frame, ending: i32, now: number): void {
    frame.error = 1 + ending;
    this.settleAll(frame, now);
    this.requests.abandon(frame, ending, now);
  }

  private traceFailure<Place>(frame: Frame, place: Place, now: number): void {
    this.trace.record(frame.error === 1 + ENDING_REJECTED ? TRACE_REJECTED : TRACE_FAILED, frame, place, now);
  }

  /** A call or branch ends, and its parent is told, if it still waits for it. */
  private tell<Place>(frame: Frame, place: Place, now: number): void {
    const isExpected = frame.isExpected();
    if (this.cancels && isExpected) frame.parent!.disown(frame);
    this.trace.record(TRACE_ENDED, frame, place, now);
    this.requests.release(frame);
    if (!isExpected) return;
    const parent = frame.parent!;
    const at = parent.at;
    parent.count(frame.error);
    if (parent.needed === 0) {
      parent.error = 0;
      if (at.hedge !== null) this.settleHedges(parent, frame.extras.copy, now);
      this.resume(parent, at.next!, now);
    } else if (parent.spare < 0 && (parent.out === 0 || at.index === 1)) this.resume(parent, at.handler!, now);
  }

  /** One of those that the frame has sent is answered: the first, if `copy` is 0. */
  private settleHedges(frame: Frame, copy: i32, now: number): void {
    const at = frame.at;
    if (copy > 0) at.link!.record.hedgeWins += 1;
    if (at.hedge!.cancels) this.cancellation.cancelChildren(frame, now);
  }

  /** A frame that waits for answers has those that it needs, or can not have them any more. */
  resume(frame: Frame, next: Instruction, now: number): void {
    frame.wait = 0;
    frame.firstChild = null;
    if (frame.leaf !== 0) this.pending.cancel(frame);
    const server = frame.at.server;
    // A request that starts attempts is at no server.
    if (server === null) this.trace.record(TRACE_RESUMED, frame, frame.at.link!, now);
    else this.trace.record(TRACE_RESUMED, frame, server, now);
    frame.goTo(next);
    this.requests.moment.wake(frame);
  }
}
