import { ENDING_DROPPED } from "../record/ending.js";
import { TRACE_DROPPED, type Trace } from "../record/trace.js";
import type { Answers } from "./answers.js";
import { Disruptions } from "./disruptions/disruptions.js";
import type { Frame } from "./frame.js";
import type { Instruction } from "./instruction.js";
import type { Link } from "./link.js";
import type { PendingEvents } from "./pending-events.js";
import type { Requests } from "./requests.js";
import type { Scheduler } from "./processing/scheduler.js";
import type { Stay } from "./stay.js";
import type { System } from "./system.js";

/** The frame waits, or has ended. */
export const WAITS: i32 = -1;

/** Stands in for `rare-operations.ts` in the small kernel, which has no operations but the core's and those of disruptions. */
export class RareOperations {
  private readonly answers: Answers;
  private readonly disruptions: Disruptions;
  private readonly trace: Trace;

  constructor(
    _system: System,
    _stay: Stay,
    scheduler: Scheduler,
    answers: Answers,
    requests: Requests,
    pending: PendingEvents,
    trace: Trace,
  ) {
    this.answers = answers;
    this.disruptions = new Disruptions(scheduler, answers, requests, pending, trace);
    this.trace = trace;
  }

  /** Does what the frame is at: WAITS, or how many events that counts as before the frame goes on. */
  advance(frame: Frame, at: Instruction, now: number): i32 {
    return this.disruptions.advance(frame, at, now) ? 0 : WAITS;
  }

  /** A frame is lost on a link. */
  send(frame: Frame, link: Link, now: number): void {
    link.record.lost += 1;
    this.trace.record(TRACE_DROPPED, frame, link, now);
    this.answers.fail(frame, link, ENDING_DROPPED, now);
  }
}
