import { ENDING_REJECTED } from "../../record/ending.js";
import { TRACE_ADMITTED, TRACE_WAITS_FOR_START, TRACE_WAITS_IN_BACKLOG, type Trace } from "../../record/trace.js";
import type { Answers } from "../answers.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { RANK_STEP, type PendingEvents } from "../pending-events.js";
import type { Requests } from "../requests.js";
import type { Server } from "../server.js";
import type { Stay } from "../stay.js";

/** What requests go through between their arrival at a server and its work, where the plan says so: admission, and its start. */
export class Entry {
  private readonly stay: Stay;
  private readonly answers: Answers;
  private readonly pending: PendingEvents;
  private readonly requests: Requests;
  private readonly trace: Trace;

  constructor(stay: Stay, answers: Answers, pending: PendingEvents, requests: Requests, trace: Trace) {
    this.stay = stay;
    this.answers = answers;
    this.pending = pending;
    this.requests = requests;
    this.trace = trace;
  }

  /** Lets the frame in or puts it into the backlog, or turns it away; whether it goes on at once, in or back. */
  admit(frame: Frame, at: Instruction, now: number): boolean {
    const server = at.server!;
    const admission = server.admission!;
    frame.goTo(at.next!);
    if (admission.admit(now)) {
      this.trace.record(TRACE_ADMITTED, frame, server, now);
      return true;
    }
    if (admission.keep(frame, now)) {
      this.trace.record(TRACE_WAITS_IN_BACKLOG, frame, server, now);
      return false;
    }
    if (server.occupants !== null) server.occupants!.remove(frame);
    return this.answers.refuse(frame, server, ENDING_REJECTED, now);
  }

  /** The frame's program is over: it gives back what it has, its connection last. */
  dismiss(frame: Frame, server: Server, now: number): void {
    this.stay.rest(frame, server, now);
    if (frame.ram > 0) this.stay.returnRam(frame, server, frame.ram, now);
    server.admission!.close(now);
    this.stay.grantRam(server, now);
    this.letIn(server, now);
  }

  /** Lets those of the backlog in for whom there is room. */
  letIn(server: Server, now: number): void {
    const admission = server.admission!;
    for (let frame = admission.next(now); frame !== null; frame = admission.next(now)) {
      this.trace.record(TRACE_ADMITTED, frame, server, now);
      this.requests.moment.wake(frame);
    }
  }

  /** Whether the server is warm; else the frame waits until it has started. */
  warmUp(frame: Frame, at: Instruction, now: number): boolean {
    const coldStart = at.server!.coldStart!;
    frame.goTo(at.next!);
    if (coldStart.arrive(now)) return true;
    this.trace.record(TRACE_WAITS_FOR_START, frame, at.server!, now);
    const start_s = coldStart.wait(frame, now);
    // The start is an event of its own: it goes on when nobody wants the request any more.
    if (start_s < 0) return false;
    const starter = this.requests.apart(at.ways[0]);
    coldStart.starter = starter;
    this.pending.schedule(starter, now + start_s, RANK_STEP);
    return false;
  }

  /** The server has started, which was the frame's work: those that wait go on. */
  started(frame: Frame, at: Instruction, now: number): void {
    const coldStart = at.server!.coldStart!;
    for (let next = coldStart.next(now); next !== null; next = coldStart.next(now)) this.requests.moment.wake(next);
    this.requests.releaseApart(frame);
  }
}
