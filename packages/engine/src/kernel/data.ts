import type { Trace } from "../record/trace.js";
import { RowLocking } from "./databases/row-locking.js";
import type { Frame } from "./frame.js";
import type { Moment } from "./moment.js";
import type { Instruction } from "./instruction.js";
import { OP_FLUSH, OP_GUESS } from "./operations/data.js";
import type { PendingEvents } from "./pending-events.js";

/** Rows that transactions lock, and what happens to caches besides look-ups of their contents. */
export class Data {
  private readonly rowLocking: RowLocking;

  constructor(moment: Moment, pending: PendingEvents, trace: Trace) {
    this.rowLocking = new RowLocking(moment, pending, trace);
  }

  /** Does an operation of `operations/data.ts`; false when the frame has to wait, or ends. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_GUESS:
        frame.goTo(at.curve!.finds(at.stream!.next(), now) ? at.next! : at.ways[0]);
        return true;
      case OP_FLUSH:
        if (at.cache !== null) at.cache!.flush(now);
        else at.curve!.flush(now);
        return false;
      default:
        return this.rowLocking.advance(frame, at, now);
    }
  }
}
