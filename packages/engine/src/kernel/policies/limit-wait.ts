import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { EVERY_CLASS } from "../operations/guards.js";

/** How long a frame waits at the rate limit of an instruction [s], not at all where that is for other requests; or TURNED_AWAY. */
export function limitWait_s(frame: Frame, at: Instruction, now: number): number {
  const applies = at.index === EVERY_CLASS || frame.requestClass === at.index;
  return applies ? at.limit!.wait_s(now) : 0;
}
