import { ENDING_FAILED } from "../record/ending.js";
import { TRACE_CONNECTS, type Trace } from "../record/trace.js";
import type { Answers } from "./answers.js";
import { LookUps } from "./caching/look-ups.js";
import { Checkout } from "./checkout.js";
import { Entry } from "./entrance/entry.js";
import type { Frame } from "./frame.js";
import { type Instruction } from "./instruction.js";
import {
  OP_ADMIT,
  OP_BALANCE_DIALLING,
  OP_CHECK_IN,
  OP_CHECK_OUT,
  OP_CHECK_OUT_OVERDUE,
  OP_CLOSE_IDLE,
  OP_CLOSE_SESSION,
  OP_COOL_DOWN,
  OP_DIAL,
  OP_DISMISS,
  OP_HANG_UP,
  OP_KEEP,
  OP_KEEP_NOTHING,
  OP_LET_IN,
  OP_LOOK_UP,
  OP_OPEN_SESSION,
  OP_REQUEST,
  OP_STARTED,
  OP_THINK,
  OP_WARM_UP,
} from "./operations/extensions.js";
import { RANK_DELIVERY, RANK_STEP, type PendingEvents } from "./pending-events.js";
import type { Requests } from "./requests.js";
import { Sessions } from "./entrance/sessions.js";
import type { Stay } from "./stay.js";

/**
 * Operations of which most programs have none: admission, cold starts, connections of links, users that wait for their requests, pools
 * with time limits, caches.
 */
export class Extensions {
  private readonly answers: Answers;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;
  private readonly requests: Requests;
  readonly entry: Entry;
  private readonly sessions: Sessions;
  private readonly checkout: Checkout;
  private readonly lookUps: LookUps;

  constructor(stay: Stay, answers: Answers, pending: PendingEvents, requests: Requests, trace: Trace) {
    this.answers = answers;
    this.pending = pending;
    this.trace = trace;
    this.requests = requests;
    this.entry = new Entry(stay, answers, pending, requests, trace);
    this.sessions = new Sessions(pending, requests);
    this.checkout = new Checkout(stay, requests.moment, pending, trace);
    this.lookUps = new LookUps(stay, requests.moment, trace);
  }

  /** Does what the frame is at; whether it goes on at once. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_ADMIT:
        return this.entry.admit(frame, at, now);
      case OP_DISMISS:
        this.entry.dismiss(frame, at.server!, now);
        frame.goTo(at.next!);
        return true;
      case OP_LET_IN:
        this.entry.letIn(at.server!, now);
        frame.goTo(at.next!);
        return true;
      case OP_WARM_UP:
        return this.entry.warmUp(frame, at, now);
      case OP_STARTED:
        this.entry.started(frame, at, now);
        return false;
      case OP_COOL_DOWN:
        at.server!.coldStart!.leave(now);
        frame.goTo(at.next!);
        return true;
      case OP_DIAL:
        return this.dial(frame, at, now);
      case OP_HANG_UP:
        at.link!.dialling!.release(now);
        frame.goTo(at.next!);
        return true;
      case OP_CLOSE_IDLE:
        this.pending.schedule(frame, at.link!.dialling!.closeIdle(now), RANK_STEP);
        return false;
      case OP_BALANCE_DIALLING:
        return this.balance(frame, at, now);
      case OP_OPEN_SESSION:
        this.sessions.open(frame, at, now);
        return false;
      case OP_THINK:
        this.sessions.think(frame, at, now);
        return false;
      case OP_REQUEST:
        this.requests.request(frame, at, now);
        return false;
      case OP_CLOSE_SESSION:
        this.sessions.close(frame, at);
        return false;
      case OP_CHECK_OUT:
      case OP_CHECK_OUT_OVERDUE:
      case OP_CHECK_IN:
        return this.checkout.handle(frame, at, now);
      case OP_LOOK_UP:
      case OP_KEEP:
      case OP_KEEP_NOTHING:
        return this.lookUps.handle(frame, at, now);
      default:
        return false;
    }
  }

  /** Whether the frame has a connection; else it sets one up. */
  private dial(frame: Frame, at: Instruction, now: number): boolean {
    const dialling = at.link!.dialling!;
    frame.goTo(at.next!);
    if (dialling.reuse(now)) return true;
    const handshake_s = dialling.open(now);
    if (handshake_s <= 0) return true;
    this.trace.record(TRACE_CONNECTS, frame, at.link!, now);
    this.pending.schedule(frame, now + handshake_s, RANK_DELIVERY);
    return false;
  }

  /** The link that is chosen counts the frame from now on, also while it sets up a connection. */
  private balance(frame: Frame, at: Instruction, now: number): boolean {
    const link = at.balancer!.choose(now);
    if (link === null) return this.answers.refuse(frame, at.balancer!, ENDING_FAILED, now);
    this.answers.push(frame, link, now);
    frame.goTo(link.dial!);
    return true;
  }
}
