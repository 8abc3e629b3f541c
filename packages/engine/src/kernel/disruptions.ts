import { TRACE_DISRUPTED, TRACE_RECOVERED, type Trace } from "../record/trace.js";
import type { Frame } from "./frame.js";
import type { Instruction } from "./instruction.js";
import { OP_DISRUPT } from "./operations/disruptions.js";
import { RANK_RECOVERY, type PendingEvents } from "./pending-events.js";

/** What goes wrong at known times. */
export class Disruptions {
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(pending: PendingEvents, trace: Trace) {
    this.pending = pending;
    this.trace = trace;
  }

  /** Does an operation of `operations/disruptions.ts`: the frame waits then, or has ended. */
  advance(frame: Frame, at: Instruction, now: number): void {
    const disruption = at.disruption!;
    if (frame.op === OP_DISRUPT) {
      this.trace.record(TRACE_DISRUPTED, frame, disruption, now);
      disruption.begin(now);
      frame.goTo(at.next!);
      this.pending.schedule(frame, disruption.end_s, RANK_RECOVERY);
    } else {
      this.trace.record(TRACE_RECOVERED, frame, disruption, now);
      disruption.end(now);
    }
  }
}
