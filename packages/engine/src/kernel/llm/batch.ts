import type { NumberReader } from "../../platform/number-reader.js";
import type { LlmRecord } from "../../record/llm-record.js";
import type { Frame } from "../frame.js";
import type { FrameQueue } from "../frame-queue.js";
import { FrameHeap } from "../processing/frame-heap.js";
import { STAGE_ACTIVE, STAGE_ANSWERED, STAGE_STREAMING } from "./stage.js";

/**
 * Requests that a model works on in common steps. As long as the batch stays the same, its steps are equally long but for the first, in which
 * newcomers' prompts are read. So there is one event for such a stretch of steps, at its end: where an answer is complete, or where somebody
 * joins. It is the same as an event for each step.
 */
export class Batch {
  private readonly base_s: number;
  private readonly perRequest_s: number;
  private readonly prefill_s: number;
  private readonly most: i32;
  private readonly capacity: number;
  private readonly record: LlmRecord;
  /** By the number of the step that completes their answers. */
  private readonly members: FrameHeap;
  private used: number = 0;
  private turns: number = 0;
  /** Steps before this stretch, when it began [s], what its first step takes longer [s], how long the others are [s], how many there are. */
  private done: number = 0;
  private start_s: number = 0;
  private reading_s: number = 0;
  private step_s: number = 0;
  private steps: number = 0;
  /** Whether there will be a first token to tell at the end of this stretch, which is one step then. */
  private hasNews: boolean = false;
  /** How many times as long steps take now. */
  private slowness: number = 1;

  constructor(plan: NumberReader, record: LlmRecord) {
    this.base_s = plan.number();
    this.perRequest_s = plan.number();
    this.prefill_s = plan.number();
    this.most = plan.int();
    this.capacity = plan.number();
    this.record = record;
    this.members = new FrameHeap();
  }

  reset(): void {
    this.members.reset();
    this.used = 0;
    this.turns = 0;
    this.done = 0;
    this.steps = 0;
    this.hasNews = false;
    this.slowness = 1;
  }

  /** Whether the memory suffices for a request when there is no other. */
  canHold(frame: Frame): boolean {
    return tokensOf(frame) <= this.capacity;
  }

  hasRoom(frame: Frame): boolean {
    return this.members.count < this.most && this.used + tokensOf(frame) <= this.capacity;
  }

  /** The stretch is over. Its answers are to be taken with `takeAnswered` before others join. */
  endStretch(): void {
    this.done += this.steps;
    this.steps = 0;
  }

  /** Takes a request whose answer is there out of the batch; null when there is none any more. */
  takeAnswered(now: number): Frame | null {
    const first = this.members.head();
    if (first === null || first.extras.key > this.done) return null;
    this.remove(first, now);
    first.extras.stage = STAGE_ANSWERED;
    return first;
  }

  /** The next request whose first token is there and is to be told; null when there is none any more. */
  takeNews(): Frame | null {
    if (!this.hasNews) return null;
    for (let k = 0; k < this.members.count; k++) {
      const frame = this.members.frameAt(k);
      if (frame.extras.stage !== STAGE_ACTIVE || frame.at.index !== 1) continue;
      frame.extras.stage = STAGE_STREAMING;
      return frame;
    }
    this.hasNews = false;
    return null;
  }

  /** Takes a request in, between two stretches. */
  join(frame: Frame, now: number): void {
    this.turns += 1;
    frame.extras.turn = this.turns;
    frame.extras.key = this.done + frame.extras.outputTokens;
    frame.extras.llmBegun_s = now;
    frame.extras.stage = STAGE_ACTIVE;
    this.members.add(frame);
    this.used += tokensOf(frame);
    this.record.active.change(1, now);
    this.record.kv.change(tokensOf(frame), now);
  }

  /** Begins a stretch in which `joined` are new, those behind each other through `next`; gives its end [s], or -1 when there is nothing to do. */
  beginStretch(joined: FrameQueue, now: number): number {
    const first = this.members.head();
    if (first === null) return -1;
    let tokens: number = 0;
    for (let frame = joined.head; frame !== null; frame = frame!.next) tokens += frame.extras.inputTokens;
    this.start_s = now;
    this.reading_s = tokens * this.prefill_s * this.slowness;
    this.step_s = (this.base_s + (this.members.count as number) * this.perRequest_s) * this.slowness;
    this.steps = first.extras.key - this.done;
    const firstToken_s = this.end_s(1);
    for (let frame = joined.head; frame !== null; frame = frame!.next) {
      frame.extras.firstToken_s = firstToken_s;
      if (frame!.at.index === 1) this.hasNews = true;
    }
    if (this.hasNews) this.steps = 1;
    return this.end_s(this.steps);
  }

  /** Ends the stretch with the step that is going on, and gives when [s]; -1 when that is its end already, or there is none. */
  cutStretch(now: number): number {
    if (this.steps === 0) return -1;
    const steps = this.completed(now) + 1;
    if (steps >= this.steps) return -1;
    this.steps = steps;
    return Math.max(now, this.end_s(steps));
  }

  /** From now on steps take so many times as long as usual, what is left of the one that is going on included. Gives when the stretch ends [s]; -1 when there is none. */
  setSlowness(slowness: number, now: number): number {
    const ratio = slowness / this.slowness;
    this.slowness = slowness;
    if (this.steps === 0) return -1;
    this.start_s = now + (this.start_s - now) * ratio;
    this.reading_s *= ratio;
    this.step_s *= ratio;
    const firstToken_s = this.end_s(1);
    for (let k = 0; k < this.members.count; k++) {
      const frame = this.members.frameAt(k);
      if (frame.extras.firstToken_s > now) frame.extras.firstToken_s = firstToken_s;
    }
    return Math.max(now, this.end_s(this.steps));
  }

  /** Tokens of the answer that are there, of a request in the batch. */
  generated(frame: Frame, now: number): number {
    return this.done + this.completed(now) - (frame.extras.key - frame.extras.outputTokens);
  }

  /** Takes a request out. */
  remove(frame: Frame, now: number): void {
    this.members.remove(frame);
    this.used -= tokensOf(frame);
    this.record.active.change(-1, now);
    this.record.kv.change(-tokensOf(frame), now);
  }

  /** Steps of this stretch that are over. */
  private completed(now: number): number {
    return Math.max(0, Math.floor((now - this.start_s - this.reading_s) / this.step_s));
  }

  private end_s(steps: number): number {
    return this.start_s + this.reading_s + steps * this.step_s;
  }
}

/** The memory that a request needs. */
function tokensOf(frame: Frame): number {
  return frame.extras.inputTokens + frame.extras.outputTokens;
}
