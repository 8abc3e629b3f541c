import type { NumberReader } from "../../platform/number-reader.js";
import type { LlmRecord } from "../../record/llm-record.js";
import type { Frame } from "../frame.js";
import { FrameHeap } from "../processing/frame-heap.js";
import type { Stream } from "../stream.js";
import { Batch } from "./batch.js";
import { Provider } from "./provider.js";
import { STAGE_GONE, STAGE_WAITING } from "./stage.js";

/** Ways of serving in an encoded plan. */
export const SERVING_PROVIDER: i32 = 0;
export const SERVING_BATCH: i32 = 1;

/** A language model: who waits for it, what it costs, and how it serves, which is one of two ways. */
export class Llm {
  readonly record: LlmRecord;
  readonly provider: Provider | null;
  readonly batch: Batch | null;
  /** What has the events of the batch, from its first request on. */
  clock: Frame | null = null;
  private readonly mostWaiting: i32;
  private readonly usd_per_input_token: number;
  private readonly usd_per_output_token: number;
  /** In the order of arrival. Not a list through `next`: who is given up is on another one before it leaves this. */
  private readonly queue: FrameHeap;
  private waiting: i32 = 0;
  private turns: number = 0;

  constructor(plan: NumberReader, streams: Stream[], record: LlmRecord) {
    this.record = record;
    this.mostWaiting = plan.int();
    this.usd_per_input_token = plan.number();
    this.usd_per_output_token = plan.number();
    const serving = plan.int();
    this.provider = serving === SERVING_PROVIDER ? new Provider(plan, streams) : null;
    this.batch = serving === SERVING_BATCH ? new Batch(plan, record) : null;
    this.queue = new FrameHeap();
  }

  reset(): void {
    this.clock = null;
    this.queue.reset();
    this.waiting = 0;
    this.turns = 0;
    if (this.provider !== null) this.provider!.reset();
    if (this.batch !== null) this.batch!.reset();
  }

  /** The first that waits and is not given up. */
  head(now: number): Frame | null {
    let first = this.queue.head();
    while (first !== null && first.cancelled) {
      this.take(first, now);
      first.stage = STAGE_GONE;
      first = this.queue.head();
    }
    return first;
  }

  hasQueueRoom(): boolean {
    return this.waiting < this.mostWaiting;
  }

  keep(frame: Frame, now: number): void {
    frame.stage = STAGE_WAITING;
    frame.queued = now;
    this.turns += 1;
    frame.turn = this.turns;
    frame.key = 0;
    this.queue.add(frame);
    this.waiting++;
    this.record.queue.change(1, now);
  }

  /** Takes a frame out of the queue. */
  take(frame: Frame, now: number): void {
    this.queue.remove(frame);
    this.waiting--;
    this.record.queue.change(-1, now);
    this.record.wait.add(now - frame.queued);
  }

  /** Puts what was read and generated on the bill. */
  charge(frame: Frame, outputTokens: number): void {
    this.record.inputTokens += frame.inputTokens;
    this.record.outputTokens += outputTokens;
    frame.bill!.usd += frame.inputTokens * this.usd_per_input_token + outputTokens * this.usd_per_output_token;
  }
}
