import { ENDING_TIMED_OUT } from "../record/ending.js";
import { TRACE_POOL_RELEASED, TRACE_POOL_TAKEN, TRACE_TIMED_OUT, type Trace } from "../record/trace.js";
import type { Frame } from "./frame.js";
import type { Moment } from "./moment.js";
import { type Instruction } from "./instruction.js";
import { OP_CHECK_OUT, OP_CHECK_OUT_OVERDUE } from "./operations/extensions.js";
import { RANK_TIME_LIMIT, type PendingEvents } from "./pending-events.js";
import type { Pool } from "./pool.js";
import type { Stay } from "./stay.js";

/**
 * Units of pools for which nobody waits longer than a time limit: connections. A frame in such a queue has an event, its time limit, which
 * is taken back when a unit comes first.
 */
export class Checkout {
  private readonly stay: Stay;
  private readonly moment: Moment;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(stay: Stay, moment: Moment, pending: PendingEvents, trace: Trace) {
    this.stay = stay;
    this.moment = moment;
    this.pending = pending;
    this.trace = trace;
  }

  /** Does one of the operations on such pools; false when the frame has to wait. */
  handle(frame: Frame, at: Instruction, now: number): boolean {
    if (frame.op === OP_CHECK_OUT) return this.checkOut(frame, at, now);
    if (frame.op === OP_CHECK_OUT_OVERDUE) this.giveUp(frame, now);
    else {
      this.checkIn(frame, at.pool!, now);
      frame.goTo(at.next!);
    }
    return true;
  }

  /** Gives the frame a unit, or puts it in the queue until its time limit and answers false. */
  private checkOut(frame: Frame, at: Instruction, now: number): boolean {
    if (this.stay.acquire(frame, at.server, at.pool!, now)) {
      frame.goTo(at.next!);
      return true;
    }
    frame.op = OP_CHECK_OUT_OVERDUE;
    this.pending.schedule(frame, now + at.stream!.next(), RANK_TIME_LIMIT);
    return false;
  }

  /** The frame has waited too long, and goes on without a unit. */
  private giveUp(frame: Frame, now: number): void {
    const at = frame.at;
    const pool = at.pool!;
    pool.leave(frame, now);
    pool.record.timeouts += 1;
    this.trace.record(TRACE_TIMED_OUT, frame, pool, now);
    frame.error = 1 + ENDING_TIMED_OUT;
    frame.goTo(at.handler!);
  }

  /** Gives the frame's unit back. */
  private checkIn(frame: Frame, pool: Pool, now: number): void {
    const next = pool.release(now);
    this.trace.record(TRACE_POOL_RELEASED, frame, pool, now);
    if (next === null) return;
    this.pending.cancel(next);
    this.trace.record(TRACE_POOL_TAKEN, next, pool, now);
    next.goTo(next.at.next!);
    this.moment.wake(next);
  }
}
