import type { Level } from "../record/level.js";
import type { Recorder } from "../record/recorder.js";
import { TRACE_GENERATED, type Trace } from "../record/trace.js";
import { Moment } from "./moment.js";
import { NO_KIND, type Frame } from "./frame.js";
import type { Frames } from "./frames.js";
import { Bills } from "./llm/bill.js";
import type { Instruction } from "./instruction.js";
import type { Visits } from "./visits/visits.js";
import { WHOLE } from "./whole.js";

/** How requests begin and end, and the frames that run on at this moment. */
export class Requests {
  readonly moment: Moment;
  /** The level of frames that do not travel. */
  readonly nowhere: Level;
  /** What requests cost. */
  readonly bills: Bills;
  /** Where they are, where that is recorded. */
  readonly visits: Visits;
  private readonly frames: Frames;
  private readonly recorder: Recorder;
  private readonly trace: Trace;
  private readonly warm_up_s: number;

  constructor(frames: Frames, recorder: Recorder, trace: Trace, visits: Visits, warm_up_s: number) {
    this.moment = new Moment();
    this.nowhere = frames.nowhere;
    this.bills = new Bills(recorder.costs, warm_up_s);
    this.visits = visits;
    this.frames = frames;
    this.recorder = recorder;
    this.trace = trace;
    this.warm_up_s = warm_up_s;
  }

  reset(): void {
    this.moment.reset();
    this.frames.reset();
    this.bills.reset();
  }

  /** A new frame that is not a part of a request. */
  apart(at: Instruction): Frame {
    return this.frames.acquireApart(at);
  }

  /** A new frame of a request, which runs on at once. */
  create(at: Instruction, now: number): Frame {
    const frame = this.frames.acquire(at, now);
    this.moment.wake(frame);
    return frame;
  }

  /** A generator's instruction produces a request, which the caller is to run. */
  generate(at: Instruction, now: number): Frame {
    const frame = this.begin(at, WHOLE ? at.arrivals!.row : -1, now);
    if (WHOLE) frame.user = null;
    return frame;
  }

  /** A user's instruction produces a request, which runs on at once, and the user is told of its end. */
  request(user: Frame, at: Instruction, now: number): void {
    const frame = this.begin(at, -1, now);
    frame.user = user;
    this.moment.wake(frame);
  }

  /** `row` is that of a trace, -1 without one. */
  private begin(at: Instruction, row: i32, now: number): Frame {
    const frame = this.frames.acquire(at.next!, now);
    const mix = at.mix;
    if (WHOLE && mix !== null) mix.choose(frame, row);
    const recorder = this.recorder;
    if (now >= this.warm_up_s) recorder.generate(WHOLE ? frame.kind : NO_KIND);
    recorder.inFlight.raise(1, now);
    this.trace.record(TRACE_GENERATED, frame, at.arrivals!, now);
    return frame;
  }

  complete(frame: Frame, now: number): void {
    this.recorder.complete(WHOLE ? frame.kind : NO_KIND, now - frame.start, frame.start >= this.warm_up_s);
    this.end(frame, false, now);
  }

  /** Ends a request that does not complete; `ending` is one of ENDING_FAILED ... ENDING_TIMED_OUT. */
  abandon(frame: Frame, ending: i32, now: number): void {
    this.recorder.abandon(WHOLE ? frame.kind : NO_KIND, ending, frame.start >= this.warm_up_s);
    this.end(frame, true, now);
  }

  /** Ends a frame that is not a request of its own. */
  release(frame: Frame): void {
    if (WHOLE && frame.bill !== null) this.bills.leave(frame);
    this.frames.release(frame);
  }

  /** Ends a frame that is not a part of a request. */
  releaseApart(frame: Frame): void {
    this.frames.releaseApart(frame);
  }

  private end(frame: Frame, failed: boolean, now: number): void {
    this.recorder.inFlight.lower(1, now);
    this.release(frame);
    if (!WHOLE) return;
    const user = frame.user;
    if (user !== null) this.answerUser(user, failed);
  }

  /** The user goes on whose request is over. */
  private answerUser(user: Frame, failed: boolean): void {
    const at = user.at;
    user.goTo(failed && at.handler !== null ? at.handler! : at.ways[0]);
    this.moment.wake(user);
  }
}
