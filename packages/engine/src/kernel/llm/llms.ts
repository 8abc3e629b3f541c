import { ENDING_FAILED, ENDING_REJECTED, ENDING_TIMED_OUT } from "../../record/ending.js";
import {
  TRACE_FIRST_TOKEN,
  TRACE_LLM_STARTED,
  TRACE_TIMED_OUT,
  TRACE_TURNED_AWAY,
  TRACE_WAITS_FOR_LLM,
  type Trace,
} from "../../record/trace.js";
import type { Answers } from "../answers.js";
import { FrameQueue } from "../frame-queue.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import {
  OP_ANSWERED,
  OP_ASK_OVERDUE,
  OP_BATCH,
  OP_EXPECT_TOKENS,
  OP_FIRST_TOKEN,
  OP_OPEN_BILL,
  OP_PROMPT,
  OP_SUBMIT,
  OP_UNANSWERED,
} from "../operations/llms.js";
import { NEVER, RANK_STEP, RANK_TIME_LIMIT, type PendingEvents } from "../pending-events.js";
import type { Requests } from "../requests.js";
import type { Llm } from "./llm.js";
import { STAGE_ANSWERED, STAGE_GONE, STAGE_STREAMING, STAGE_WAITING } from "./stage.js";

/**
 * What frames do with language models. One that waits, or is in a batch, has an event at no time: so it is woken when nobody wants it
 * any more.
 */
export class Llms {
  private readonly answers: Answers;
  private readonly requests: Requests;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;
  /** Requests that join a batch at this moment. */
  private readonly joined: FrameQueue;

  constructor(answers: Answers, requests: Requests, pending: PendingEvents, trace: Trace) {
    this.answers = answers;
    this.requests = requests;
    this.pending = pending;
    this.trace = trace;
    this.joined = new FrameQueue();
  }

  /** Does an operation of `operations/llms.ts`; false when the frame waits, or ends. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_OPEN_BILL:
        this.requests.bills.open(frame);
        break;
      case OP_PROMPT:
        frame.extras.inputTokens = Math.ceil(at.stream!.next());
        break;
      case OP_EXPECT_TOKENS:
        frame.extras.outputTokens = Math.max(1, Math.ceil(at.stream!.next()));
        break;
      case OP_SUBMIT:
        return this.submit(frame, at, now);
      case OP_ANSWERED:
        this.answered(frame, at, now);
        break;
      case OP_UNANSWERED:
        frame.error = 1 + ENDING_FAILED;
        frame.served += now - frame.extras.llmBegun_s;
        at.llm!.record.failed += 1;
        this.release(frame, at, now);
        break;
      case OP_ASK_OVERDUE:
        this.giveUp(frame, at, now);
        return true;
      case OP_FIRST_TOKEN:
        frame.extras.stage = STAGE_STREAMING;
        this.announce(frame, now);
        frame.goTo(frame.at);
        this.pending.schedule(frame, frame.extras.due, RANK_STEP);
        return false;
      case OP_BATCH:
        this.turn(frame, at, now);
        return false;
      default:
        this.withdraw(frame, at, now);
    }
    frame.goTo(at.next!);
    return true;
  }

  /** The frame waits for its answer, or goes on as rejected. */
  private submit(frame: Frame, at: Instruction, now: number): boolean {
    const llm = at.llm!;
    llm.record.requests += 1;
    if (at.index === 1) frame.arrived = callOf(frame, at).arrived;
    const provider = llm.provider;
    const limit_s: number = provider === null ? 0 : provider.limit_s(frame, now);
    if (limit_s > 0) {
      llm.record.rateLimited += 1;
      if (provider!.tellsWhen && limit_s < Infinity) tellWhen(callOf(frame, at), limit_s);
      return this.turnAway(frame, at, now);
    }
    const begins = provider !== null && provider.hasRoom();
    if (!begins && (!llm.hasQueueRoom() || (llm.batch !== null && !llm.batch!.canHold(frame)))) {
      llm.record.refused += 1;
      return this.turnAway(frame, at, now);
    }
    frame.goTo(at.next!);
    if (begins) {
      llm.record.wait.add(0);
      this.begin(frame, at, now);
      return false;
    }
    llm.keep(frame, now);
    this.pending.schedule(frame, NEVER, RANK_STEP);
    this.trace.record(TRACE_WAITS_FOR_LLM, frame, at.server!, now);
    if (provider === null) this.hurry(at, now);
    // After the batch that it wakes: nobody gives up who need not wait.
    const patience = llm.patience;
    if (patience !== null) {
      frame.op = OP_ASK_OVERDUE;
      this.pending.reschedule(frame, now + patience.next(), RANK_TIME_LIMIT);
    }
    return false;
  }

  /** The frame has waited too long, and fails. */
  private giveUp(frame: Frame, at: Instruction, now: number): void {
    const llm = at.llm!;
    llm.take(frame, now);
    llm.record.queueTimeouts += 1;
    this.trace.record(TRACE_TIMED_OUT, frame, at.server!, now);
    frame.error = 1 + ENDING_TIMED_OUT;
    frame.goTo(at.ways[0].next!);
  }

  private turnAway(frame: Frame, at: Instruction, now: number): boolean {
    this.trace.record(TRACE_TURNED_AWAY, frame, at.server!, now);
    frame.error = 1 + ENDING_REJECTED;
    frame.goTo(at.handler!);
    return true;
  }

  /** A provider begins with the frame, which stands at where it has its answer. */
  private begin(frame: Frame, at: Instruction, now: number): void {
    const provider = at.llm!.provider!;
    const succeeds = provider.begin(frame, now);
    at.llm!.record.active.change(1, now);
    this.trace.record(TRACE_LLM_STARTED, frame, at.server!, now);
    frame.goTo(succeeds ? frame.at : frame.at.ways[0]);
    const streams = succeeds && frame.at.index === 1;
    if (streams) frame.op = OP_FIRST_TOKEN;
    const next_s = streams ? frame.extras.firstToken_s : frame.extras.due;
    if (frame.leaf === 0) this.pending.schedule(frame, next_s, RANK_STEP);
    else this.pending.reschedule(frame, next_s, RANK_STEP);
  }

  /** The first token is there: whoever waits for the answer goes on, and the frame for nobody. */
  private announce(frame: Frame, now: number): void {
    if (!frame.isExpected()) return;
    const call = frame.parent!;
    call.served += now - frame.extras.llmBegun_s;
    call.count(0);
    this.trace.record(TRACE_FIRST_TOKEN, frame, frame.at.server!, now);
    this.answers.resume(call, call.at.next!, now);
  }

  /** A provider is done with a request, and begins with the next one. */
  private release(frame: Frame, at: Instruction, now: number): void {
    const llm = at.llm!;
    llm.provider!.end(frame);
    llm.record.active.change(-1, now);
    const next = llm.head(now);
    if (next === null) return;
    llm.take(next, now);
    this.begin(next, at, now);
  }

  private answered(frame: Frame, at: Instruction, now: number): void {
    const llm = at.llm!;
    const tokens = frame.extras.outputTokens;
    llm.record.answer(frame.extras.firstToken_s - frame.arrived, now - frame.extras.firstToken_s, tokens);
    llm.charge(frame, tokens);
    frame.served += now - frame.extras.llmBegun_s;
    if (llm.provider !== null) this.release(frame, at, now);
  }

  /** Nobody wants the answer any more: what has been generated is paid for. */
  private withdraw(frame: Frame, at: Instruction, now: number): void {
    const llm = at.llm!;
    llm.record.withdrawn += 1;
    if (frame.extras.stage === STAGE_WAITING) llm.take(frame, now);
    if (frame.extras.stage === STAGE_WAITING || frame.extras.stage === STAGE_GONE) return;
    frame.served += now - frame.extras.llmBegun_s;
    if (frame.extras.stage === STAGE_ANSWERED) llm.charge(frame, frame.extras.outputTokens);
    else if (llm.provider !== null) {
      llm.charge(frame, llm.provider!.generated(frame, now));
      this.release(frame, at, now);
    } else {
      llm.charge(frame, llm.batch!.generated(frame, now));
      llm.batch!.remove(frame, now);
      this.cut(llm, now);
    }
  }

  /** Somebody has come: an idle batch begins, with all who come at this moment, another one takes it in after the step that is going on. */
  private hurry(at: Instruction, now: number): void {
    const llm = at.llm!;
    if (llm.clock === null) llm.clock = this.requests.apart(at.ways[0]);
    const clock = llm.clock!;
    if (clock.leaf === 0) this.pending.schedule(clock, now, RANK_TIME_LIMIT);
    else if (llm.batch!.hasRoom(llm.head(now)!)) this.cut(llm, now);
  }

  private cut(llm: Llm, now: number): void {
    const end_s = llm.batch!.cutStretch(now);
    if (end_s >= 0) this.pending.reschedule(llm.clock!, end_s, RANK_STEP);
  }

  /** A stretch of steps is over, or there was none: answers that are there leave, those who wait join, and the next stretch begins. */
  private turn(clock: Frame, at: Instruction, now: number): void {
    const llm = at.llm!;
    const batch = llm.batch!;
    batch.endStretch();
    for (let frame = batch.takeAnswered(now); frame !== null; frame = batch.takeAnswered(now)) {
      this.pending.cancel(frame);
      this.requests.moment.wake(frame);
    }
    for (let frame = batch.takeNews(); frame !== null; frame = batch.takeNews()) this.announce(frame, now);
    this.joined.reset();
    for (let frame = llm.head(now); frame !== null && batch.hasRoom(frame); frame = llm.head(now)) {
      llm.take(frame, now);
      batch.join(frame, now);
      if (llm.patience !== null) {
        frame.goTo(frame.at);
        this.pending.reschedule(frame, NEVER, RANK_STEP);
      }
      this.joined.append(frame);
      this.trace.record(TRACE_LLM_STARTED, frame, at.server!, now);
    }
    const end_s = batch.beginStretch(this.joined, now);
    if (end_s >= 0) this.pending.schedule(clock, end_s, RANK_STEP);
  }
}

/** The call that a frame answers: itself, or the one that its branch was begun for. */
function callOf(frame: Frame, at: Instruction): Frame {
  return at.index === 1 && frame.isExpected() ? frame.parent! : frame;
}

/** The caller hears how long to wait. */
function tellWhen(call: Frame, limit_s: number): void {
  if (call.isExpected()) call.parent!.extras.retryAfter_s = limit_s;
}
