import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { OP_DECIDE_REPLICAS } from "../operations/scaling.js";
import { RANK_DISRUPTION, type PendingEvents } from "../pending-events.js";
import type { Requests } from "../requests.js";
import type { Autoscaler } from "./autoscaler.js";

/** The operations of autoscalers: one frame decides again and again, and one brings up each replica that starts. */
export class Scaling {
  private readonly autoscalers: Autoscaler[];
  private readonly pending: PendingEvents;
  private readonly requests: Requests;

  constructor(autoscalers: Autoscaler[], pending: PendingEvents, requests: Requests) {
    this.autoscalers = autoscalers;
    this.pending = pending;
    this.requests = requests;
  }

  /** Does an operation of `operations/scaling.ts`; false when the frame waits, or ends. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    const autoscaler = this.autoscalers[at.index];
    if (frame.op !== OP_DECIDE_REPLICAS) {
      autoscaler.finishStart(at.amount as i32, now);
      this.requests.releaseApart(frame);
      return false;
    }
    if (now > 0) {
      for (let left = autoscaler.decide(now); left > 0; left--) {
        const replica = autoscaler.start(now);
        const starting = this.requests.apart(at.ways[replica]);
        this.pending.schedule(starting, autoscaler.readyTime(replica), RANK_DISRUPTION);
      }
    }
    this.pending.schedule(frame, now + autoscaler.interval_s, RANK_DISRUPTION);
    return false;
  }
}
