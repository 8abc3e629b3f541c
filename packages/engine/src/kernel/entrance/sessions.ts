import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { RANK_ARRIVAL, type PendingEvents } from "../pending-events.js";
import type { Requests } from "../requests.js";

/** Users that send a request after another: each is a frame that thinks, and waits while its request is on its way. */
export class Sessions {
  private readonly pending: PendingEvents;
  private readonly requests: Requests;

  constructor(pending: PendingEvents, requests: Requests) {
    this.pending = pending;
    this.requests = requests;
  }

  /** A generator opens a session, and waits for the next one. */
  open(frame: Frame, at: Instruction, now: number): void {
    this.requests.create(at.next!, now);
    at.session!.started += 1;
    const time = at.arrivals!.next(now);
    if (time < Infinity) this.pending.schedule(frame, time, RANK_ARRIVAL);
  }

  /** The user thinks. */
  think(frame: Frame, at: Instruction, now: number): void {
    const thinking = at.session!.thinking;
    thinking.change(1, now);
    frame.level = thinking;
    frame.goTo(at.next!);
    this.pending.schedule(frame, now + at.stream!.next(), RANK_ARRIVAL);
  }

  /** The session is over; `index` is 1 when a request has ended it that failed. */
  close(frame: Frame, at: Instruction): void {
    if (at.index === 0) at.session!.completed += 1;
    else at.session!.aborted += 1;
    this.requests.release(frame);
  }
}
