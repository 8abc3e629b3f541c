import { ENDING_FAILED } from "../../record/ending.js";
import { TRACE_IO_STARTED, type Trace } from "../../record/trace.js";
import type { Answers } from "../answers.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import {
  OP_DELAY,
  OP_DROP,
  OP_GAUGE,
  OP_GENERATE_THROTTLED,
  OP_HOLD_BACK,
  OP_OBSERVE,
  OP_SAMPLE,
  OP_STRIKE,
} from "../operations/detection.js";
import { RANK_ARRIVAL, RANK_STEP, RANK_TIME_LIMIT, type PendingEvents } from "../pending-events.js";
import type { Requests } from "../requests.js";
import type { Stay } from "../stay.js";
import type { DetectionParts } from "./detection-parts.js";

/** The instructions of detectors, throttles and injectors. */
export class Detection {
  private readonly parts: DetectionParts;
  private readonly stay: Stay;
  private readonly answers: Answers;
  private readonly requests: Requests;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(
    parts: DetectionParts,
    stay: Stay,
    answers: Answers,
    requests: Requests,
    pending: PendingEvents,
    trace: Trace,
  ) {
    this.parts = parts;
    this.stay = stay;
    this.answers = answers;
    this.requests = requests;
    this.pending = pending;
    this.trace = trace;
  }

  /** Does what the frame is at; whether it goes on at once. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_SAMPLE:
        // The last of what happens at a moment: it sees all the rest.
        this.pending.schedule(frame, this.parts.detectors[at.index].sample(now), RANK_TIME_LIMIT);
        return false;
      case OP_OBSERVE:
        if (!frame.cancelled) this.parts.detectors[at.index].observe(now - frame.arrived, frame.error !== 0);
        break;
      case OP_GAUGE:
        if (!frame.cancelled && frame.error === 0) this.parts.throttles[at.index].gauge!.observe(now - frame.arrived);
        break;
      case OP_DROP:
        if (this.parts.injectors[at.index].fails()) return this.answers.refuse(frame, at.server!, ENDING_FAILED, now);
        break;
      case OP_DELAY:
        frame.goTo(at.next!);
        return !this.delays(frame, at, now);
      case OP_STRIKE:
        if (this.parts.injectors[at.index].strikes()) {
          frame.error = 1 + ENDING_FAILED;
          frame.goTo(at.handler!);
          return true;
        }
        break;
      case OP_HOLD_BACK: {
        frame.goTo(at.next!);
        const delay_s = this.parts.throttles[at.index].delay_s();
        if (delay_s > 0) this.pending.schedule(frame, now + delay_s, RANK_ARRIVAL);
        return delay_s <= 0;
      }
      case OP_GENERATE_THROTTLED: {
        this.requests.moment.wake(this.requests.generate(at, now));
        const time = this.parts.throttles[at.index].next(at.arrivals!, now);
        if (time < Infinity) this.pending.schedule(frame, time, RANK_ARRIVAL);
        return false;
      }
      default:
        return false;
    }
    frame.goTo(at.next!);
    return true;
  }

  /** Whether the request waits, as in an I/O step. */
  private delays(frame: Frame, at: Instruction, now: number): boolean {
    const delay_s = this.parts.injectors[at.index].delay_s();
    if (delay_s <= 0) return false;
    this.stay.letCoreGo(frame, at.server!, now);
    this.trace.record(TRACE_IO_STARTED, frame, at.server!, now);
    frame.served += delay_s;
    this.pending.schedule(frame, now + delay_s, RANK_STEP);
    return true;
  }
}
