import { ENDING_FAILED, ENDING_TIMED_OUT } from "../../record/ending.js";
import { TRACE_TIMED_OUT, TRACE_WAITS_FOR_ROW, type Trace } from "../../record/trace.js";
import type { Frame } from "../frame.js";
import type { Moment } from "../moment.js";
import type { Instruction } from "../instruction.js";
import { OP_LOCK_OVERDUE, OP_LOCK_ROW, OP_READ_ROW } from "../operations/data.js";
import { RANK_TIME_LIMIT, type PendingEvents } from "../pending-events.js";
import { NO_ROW, type Rows } from "./rows.js";

/** Rows that transactions lock. */
export class RowLocking {
  private readonly moment: Moment;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(moment: Moment, pending: PendingEvents, trace: Trace) {
    this.moment = moment;
    this.pending = pending;
    this.trace = trace;
  }

  /** Does one of the operations on rows; false when the frame has to wait. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_LOCK_ROW:
        return this.lock(frame, at, now);
      case OP_LOCK_OVERDUE:
        this.giveUp(frame, at, now);
        return true;
      case OP_READ_ROW:
        at.lock!.rows.read(at.lock!.draw(), at.lock!.site, now);
        frame.goTo(at.next!);
        return true;
      default:
        this.unlock(frame, at.server!.rows!, now);
        frame.goTo(at.next!);
        return true;
    }
  }

  private lock(frame: Frame, at: Instruction, now: number): boolean {
    const lock = at.lock!;
    const rows = lock.rows;
    const row = lock.draw();
    const owner = lock.ownerFor(frame);
    if (rows.take(owner, row, now)) {
      rows.writeAt(row, lock.site);
      frame.goTo(at.next!);
      return true;
    }
    if (rows.isDeadlock(owner, row)) {
      rows.record.deadlocks += 1;
      frame.error = 1 + ENDING_FAILED;
      frame.goTo(at.handler!);
      return true;
    }
    this.trace.record(TRACE_WAITS_FOR_ROW, frame, at.server!, now);
    rows.wait(frame, owner, row, now);
    const limits = lock.limits;
    if (limits !== null) {
      frame.op = OP_LOCK_OVERDUE;
      this.pending.schedule(frame, now + limits.next(), RANK_TIME_LIMIT);
    }
    return false;
  }

  /** The frame has waited too long, and fails. */
  private giveUp(frame: Frame, at: Instruction, now: number): void {
    const rows = at.lock!.rows;
    rows.leave(frame, now);
    rows.record.timeouts += 1;
    this.trace.record(TRACE_TIMED_OUT, frame, at.server!, now);
    frame.error = 1 + ENDING_TIMED_OUT;
    frame.goTo(at.handler!);
  }

  /** The frame's transaction, or what it did without one, is over. */
  private unlock(frame: Frame, rows: Rows, now: number): void {
    let row = rows.firstOf(frame);
    if (row === NO_ROW) return;
    if (frame.error === 0) rows.commit(frame, now);
    rows.forget(frame);
    while (row !== NO_ROW) {
      const following = rows.after(row);
      this.pass(rows, row, now);
      row = following;
    }
  }

  /** The first who waits for a row gets it. Who was given up meanwhile goes its own way. */
  private pass(rows: Rows, row: i32, now: number): void {
    for (let next = rows.takeWaiting(row, now); next !== null; next = rows.takeWaiting(row, now)) {
      this.moment.wake(next);
      if (next.cancelled) continue;
      const at = next.at;
      if (at.lock!.limits !== null) this.pending.cancel(next);
      rows.give(at.lock!.ownerFor(next), row);
      rows.writeAt(row, at.lock!.site);
      next.goTo(at.next!);
      return;
    }
    rows.free(row, now);
  }
}
