import { ENDING_FAILED, ENDING_REJECTED, ENDING_TIMED_OUT } from "../record/ending.js";
import {
  TRACE_AWAITS,
  TRACE_CALLED,
  TRACE_CANCELLED,
  TRACE_COMPLETED,
  TRACE_ENDED,
  TRACE_FAILED,
  TRACE_FORKED,
  TRACE_HEDGED,
  TRACE_REFUSED,
  TRACE_REJECTED,
  TRACE_LOST,
  TRACE_RESUMED,
  TRACE_TIMED_OUT,
  type Trace,
} from "../record/trace.js";
import type { Frame } from "./frame.js";
import { Instruction } from "./instruction.js";
import { OP_GIVE_UP, OP_JOIN, OP_VANISH } from "./operations/calls.js";
import { OP_ANSWER, OP_LEAVE } from "./operations/core.js";
import { OP_LOCK_OVERDUE } from "./operations/data.js";
import { OP_CHECK_OUT_OVERDUE } from "./operations/extensions.js";
import { OP_QUEUED } from "./operations/protection.js";
import { OP_TRANSFERRED } from "./operations/network.js";
import { OP_HEDGE } from "./operations/policies.js";
import type { Link } from "./link.js";
import { RANK_TIME_LIMIT, type PendingEvents } from "./pending-events.js";
import type { Requests } from "./requests.js";
import type { Server } from "./server.js";
import { WHOLE } from "./whole.js";

/** Who waits for whom: the way back of requests, and frames that begin on behalf of others and tell them of their end. */
export class Answers {
  /** What every frame does that goes back. */
  readonly answer: Instruction;
  /** Whether callers may give up, and whether that may cancel what they called. */
  readonly watches: boolean;
  private readonly cancels: boolean;
  private readonly vanishing: Instruction;
  private readonly requests: Requests;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;
  /** How often frames have waited for answers in this replication. */
  private waits: number = 0;

  constructor(requests: Requests, pending: PendingEvents, trace: Trace, watches: boolean, cancels: boolean) {
    this.answer = new Instruction(OP_ANSWER);
    this.vanishing = new Instruction(OP_VANISH);
    this.requests = requests;
    this.pending = pending;
    this.trace = trace;
    this.watches = watches;
    this.cancels = cancels;
  }

  reset(): void {
    this.waits = 0;
  }

  /** The frame goes over a link that it comes back over, or whose load balancer counts it until its server has finished. */
  push(frame: Frame, link: Link, now: number): void {
    frame.path[frame.depth] = link;
    frame.sent_s[frame.depth] = now;
    frame.depth++;
    frame.goTo(link.target!);
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
    frame.until_s = Math.min(frame.deadline_s, at.amount > 0 ? now + at.amount : Infinity);
    frame.hedges = 0;
    this.send(frame, at, TRACE_CALLED, now);
  }

  /** There is no answer yet, and the attempt is sent once more. */
  hedge(frame: Frame, now: number): void {
    const at = frame.at;
    frame.hedges++;
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
    if (at.cancels) this.cancelChildren(frame, now);
    frame.wait = 0;
    frame.firstChild = null;
    frame.error = 1 + ENDING_TIMED_OUT;
    frame.goTo(at.handler!);
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

  /** Starts what the frame waits for, and sees to what it does if there is no answer. */
  private send(frame: Frame, at: Instruction, kind: i32, now: number): void {
    at.link!.record.calls += 1;
    const child = this.child(frame, at.ways[0], now);
    child.called = at.server !== null;
    child.endpoint = child.called ? at.index : frame.endpoint;
    child.copy = frame.hedges;
    this.trace.record(kind, child, at.link!, now);
    if (at.propagates) child.deadline_s = frame.until_s;
    const next_s = at.hedge === null ? Infinity : at.hedge!.next_s(frame.hedges, now);
    const end_s = Math.min(next_s, frame.until_s);
    frame.op = next_s < frame.until_s ? OP_HEDGE : end_s < Infinity ? OP_GIVE_UP : at.op;
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
    frame.copy = 0;
    frame.deadline_s = parent.deadline_s;
    if (this.cancels) parent.adopt(frame);
    return frame;
  }

  /** A frame that does a part of another's work. */
  private branch(origin: Frame, at: Instruction, now: number): Frame {
    const frame = this.requests.create(at, now);
    frame.requestClass = origin.requestClass;
    frame.priority = origin.priority;
    frame.loop = origin.loop;
    frame.served = 0;
    frame.cpu_s = 0;
    const bill = origin.bill;
    if (bill !== null) bill.share(origin, frame);
    return frame;
  }

  /** Ends all that the frame waits for, and what that waits for, wherever it is. */
  private cancelChildren(frame: Frame, now: number): void {
    for (let child = frame.firstChild; child !== null; child = child!.sibling) this.cancel(child, now);
    frame.firstChild = null;
  }

  /**
   * The frame goes the way of a failure at once. One that is in a queue stays there until its turn comes, and then gives back what it gets; only
   * queues with a time limit, and those of gates, it leaves at once.
   */
  private cancel(frame: Frame, now: number): void {
    if (frame.cancelled) return;
    this.trace.record(TRACE_CANCELLED, frame, frame.at, now);
    this.cancelChildren(frame, now);
    this.stop(frame, ENDING_TIMED_OUT, now);
  }

  /**
   * The server crashes that the frame is at, which goes the way of a failure. What it has called goes on for nobody, unless the call cancels. It
   * counts as given up, so that nothing holds it, until it has given everything back.
   */
  lose(frame: Frame, server: Server, now: number): void {
    if (frame.cancelled) return;
    this.trace.record(TRACE_LOST, frame, server, now);
    if (frame.at.cancels) this.cancelChildren(frame, now);
    frame.firstChild = null;
    this.stop(frame, ENDING_FAILED, now);
  }

  /** A frame goes the way of a failure at once, or when its turn comes in the queue it is in. */
  private stop(frame: Frame, ending: i32, now: number): void {
    const queued = frame.op === OP_QUEUED;
    if (queued) frame.at.gate!.leave(frame, now);
    const waits = frame.wait !== 0 || queued;
    frame.wait = 0;
    frame.cancelled = true;
    frame.error = 1 + ending;
    if (frame.leaf !== 0) {
      if (frame.op === OP_CHECK_OUT_OVERDUE) frame.at.pool!.leave(frame, now);
      else if (frame.op === OP_TRANSFERRED) frame.parcel!.channel!.direction(frame.parcel!).leave(frame, now);
      else if (frame.op === OP_LOCK_OVERDUE) frame.at.lock!.rows.leave(frame, now);
      const end_s = this.pending.cancel(frame);
      // Only a CPU step holds a core while it lasts: what is left of it is not done.
      if (frame.core) {
        const rest_s = frame.clock === null ? end_s - now : frame.clock!.leftOf(frame, now);
        frame.cpu_s -= rest_s;
        frame.served -= rest_s;
      }
      frame.level.change(-1, now);
      frame.level = this.requests.nowhere;
      this.requests.woken.append(frame);
    } else if (waits) this.requests.woken.append(frame);
    const at = frame.at;
    if (at.handler !== null) frame.goTo(at.handler!);
    else frame.goTo(at.op === OP_LEAVE || at.op === OP_JOIN ? at : this.vanishing);
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
      if (at.hedge !== null) this.settleHedges(parent, frame.copy, now);
      this.resume(parent, at.next!, now);
    } else if (parent.spare < 0 && (parent.out === 0 || at.index === 1)) this.resume(parent, at.handler!, now);
  }

  /** One of those that the frame has sent is answered: the first, if `copy` is 0. */
  private settleHedges(frame: Frame, copy: i32, now: number): void {
    const at = frame.at;
    if (copy > 0) at.link!.record.hedgeWins += 1;
    if (at.hedge!.cancels) this.cancelChildren(frame, now);
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
    this.requests.woken.append(frame);
  }
}
