import { ENDING_FAILED, ENDING_TIMED_OUT } from "../record/ending.js";
import { TRACE_CANCELLED, TRACE_LOST, type Trace } from "../record/trace.js";
import type { Frame } from "./frame.js";
import { Instruction } from "./instruction.js";
import { OP_JOIN, OP_VANISH } from "./operations/calls.js";
import { OP_LEAVE } from "./operations/core.js";
import { OP_LOCK_OVERDUE } from "./operations/data.js";
import { OP_CHECK_OUT_OVERDUE } from "./operations/extensions.js";
import { OP_TRANSFERRED } from "./operations/network.js";
import { OP_QUEUED } from "./operations/protection.js";
import type { PendingEvents } from "./pending-events.js";
import type { Requests } from "./requests.js";
import type { Server } from "./server.js";

/** Frames that end before their time, because nobody waits for them any more or what they are at is gone. */
export class Cancellation {
  private readonly vanishing: Instruction;
  private readonly requests: Requests;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(requests: Requests, pending: PendingEvents, trace: Trace) {
    this.vanishing = new Instruction(OP_VANISH);
    this.requests = requests;
    this.pending = pending;
    this.trace = trace;
  }

  /** Ends all that the frame waits for, and what that waits for, wherever it is. */
  cancelChildren(frame: Frame, now: number): void {
    for (let child = frame.firstChild; child !== null; child = child!.sibling) this.cancel(child, now);
    frame.firstChild = null;
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
      else if (frame.op === OP_TRANSFERRED)
        frame.extras.parcel!.channel!.direction(frame.extras.parcel!).leave(frame, now);
      else if (frame.op === OP_LOCK_OVERDUE) frame.at.lock!.rows.leave(frame, now);
      const end_s = this.pending.cancel(frame);
      // Only a CPU step holds a core while it lasts: what is left of it is not done.
      if (frame.core) {
        const rest_s = frame.extras.clock === null ? end_s - now : frame.extras.clock!.leftOf(frame, now);
        frame.cpu_s -= rest_s;
        frame.served -= rest_s;
      }
      frame.level.change(-1, now);
      frame.level = this.requests.nowhere;
      this.requests.moment.wake(frame);
    } else if (waits) this.requests.moment.wake(frame);
    const at = frame.at;
    if (at.handler !== null) frame.goTo(at.handler!);
    else frame.goTo(at.op === OP_LEAVE || at.op === OP_JOIN ? at : this.vanishing);
  }
}
