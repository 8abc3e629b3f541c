import { ENDING_FAILED, ENDING_TIMED_OUT } from "../record/ending.js";
import type { Frame } from "./frame.js";
import { type Instruction } from "./instruction.js";
import {
  OP_CATCH,
  OP_CHOOSE,
  OP_DEADLINE,
  OP_FAIL,
  OP_FIRST_TRY,
  OP_LOOP,
  OP_MATCH,
  OP_REPEAT,
} from "./operations/deciding.js";

/**
 * Does the operations that only decide where a frame goes on, and gives how many events that counts as: a round of a loop is one, so
 * that a budget ends a long loop that takes no time.
 */
export function decide(frame: Frame, at: Instruction, now: number): i32 {
  switch (frame.op) {
    case OP_CHOOSE:
      frame.goTo(at.chosenWay());
      break;
    case OP_MATCH:
      frame.goTo(frame.requestClass === at.index ? at.ways[0] : at.next!);
      break;
    case OP_REPEAT:
      frame.extras.counters[at.index] = Math.max(0, Math.floor(at.stream!.next() + 0.5)) as i32;
      frame.goTo(at.next!);
      break;
    case OP_LOOP:
      if (frame.extras.counters[at.index] === 0) {
        frame.goTo(at.next!);
        break;
      }
      frame.extras.counters[at.index] = frame.extras.counters[at.index] - 1;
      frame.goTo(at.ways[0]);
      return 1;
    case OP_FAIL:
      fail(frame, at, ENDING_FAILED);
      break;
    case OP_DEADLINE:
      if (now < frame.deadline_s) frame.goTo(at.next!);
      else fail(frame, at, ENDING_TIMED_OUT);
      break;
    case OP_CATCH:
      if (!frame.cancelled) frame.error = 0;
      frame.goTo(frame.cancelled ? at.handler! : at.next!);
      break;
    case OP_FIRST_TRY:
      frame.extras.counters[at.index] = 0;
      at.retry!.begin(frame);
      frame.goTo(at.next!);
      break;
  }
  return 0;
}

function fail(frame: Frame, at: Instruction, ending: i32): void {
  frame.error = 1 + ending;
  frame.goTo(at.handler!);
}
