import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { OP_JOIN_CROWD, OP_LEAVE_CROWD, OP_SET_DEADLINE } from "../operations/conduct.js";

/** Does an operation of `operations/conduct.ts`; the frame always goes on. */
export function advanceConduct(frame: Frame, at: Instruction, now: number): void {
  switch (frame.op) {
    case OP_JOIN_CROWD:
      at.server!.crowding!.inside++;
      break;
    case OP_LEAVE_CROWD:
      at.server!.crowding!.inside--;
      break;
    case OP_SET_DEADLINE:
      frame.extras.callerDeadline_s = frame.deadline_s;
      frame.deadline_s = Math.min(frame.deadline_s, now + at.amount);
      break;
    default:
      frame.deadline_s = frame.extras.callerDeadline_s;
  }
  frame.goTo(at.next!);
}
