import type { NumberReader } from "../../platform/number-reader.js";
import type { LlmRecord } from "../../record/llm-record.js";
import type { Frame } from "../frame.js";
import { Part } from "../part.js";
import type { PendingEvents } from "../pending-events.js";
import { FrameHeap } from "../processing/frame-heap.js";
import type { Stream } from "../stream.js";
import { Batch } from "./batch.js";
import { Provider } from "./provider.js";
import { STAGE_GONE, STAGE_WAITING } from "./stage.js";

/** Ways of serving in an encoded plan. */
export const SERVING_PROVIDER: i32 = 0;
export const SERVING_BATCH: i32 = 1;

/** A language model: who waits for it, what it costs, and how it serves, which is one of two ways. */
export class Llm extends Part {
  readonly record: LlmRecord;
  readonly provider: Provider | null;
  readonly batch: Batch | null;
  /** What has the events of the batch, from its first request on. */
  clock: Frame | null = null;
  /** How long a request waits in the queue; null for as long as it takes. */
  readonly patience: Stream | null;
  private readonly mostWaiting: i32;
  private readonly usd_per_input_token: number;
  private readonly usd_per_output_token: number;
  /** In the order of arrival. Not a list through `next`: who is given up is on another one before it leaves this. */
  private readonly queue: FrameHeap;
  private turns: number = 0;
  /** How many times as long everything takes, and how many disruptions have a part in that. */
  private slowness: number = 1;
  private slowings: i32 = 0;

  constructor(plan: NumberReader, streams: Stream[], record: LlmRecord) {
    super();
    this.record = record;
    this.mostWaiting = plan.int();
    const patience = plan.int();
    this.patience = patience < 0 ? null : streams[patience];
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
    this.turns = 0;
    this.slowness = 1;
    this.slowings = 0;
    if (this.provider !== null) this.provider!.reset();
    if (this.batch !== null) this.batch!.reset();
  }

  /** The first that waits and is not given up. */
  head(now: number): Frame | null {
    let first = this.queue.head();
    while (first !== null && first.cancelled) {
      this.take(first, now);
      first.extras.stage = STAGE_GONE;
      first = this.queue.head();
    }
    return first;
  }

  hasQueueRoom(): boolean {
    return this.queue.count < this.mostWaiting;
  }

  keep(frame: Frame, now: number): void {
    frame.extras.stage = STAGE_WAITING;
    frame.queued = now;
    this.turns += 1;
    frame.extras.turn = this.turns;
    frame.extras.key = 0;
    this.queue.add(frame);
    this.record.queue.change(1, now);
  }

  /** Takes a frame out of the queue. */
  take(frame: Frame, now: number): void {
    this.queue.remove(frame);
    this.record.queue.change(-1, now);
    this.record.wait.add(now - frame.queued);
  }

  /** Everything takes `factor` times as long until `hasten`. */
  slowDown(factor: number, pending: PendingEvents, now: number): void {
    this.slowings++;
    this.setSlowness(this.slowness * factor, pending, now);
  }

  /** Takes a `slowDown` back. */
  hasten(factor: number, pending: PendingEvents, now: number): void {
    this.slowings--;
    // Without the rounding of factors that come and go.
    this.setSlowness(this.slowings === 0 ? 1 : this.slowness / factor, pending, now);
  }

  private setSlowness(slowness: number, pending: PendingEvents, now: number): void {
    if (slowness === this.slowness) return;
    this.slowness = slowness;
    if (this.provider !== null) this.provider!.setSlowness(slowness, pending, now);
    else {
      const end_s = this.batch!.setSlowness(slowness, now);
      if (end_s >= 0) pending.move(this.clock!, end_s);
    }
  }

  /** Puts what was read and generated on the bill. */
  charge(frame: Frame, outputTokens: number): void {
    this.record.inputTokens += frame.extras.inputTokens;
    this.record.outputTokens += outputTokens;
    frame.bill!.usd += frame.extras.inputTokens * this.usd_per_input_token + outputTokens * this.usd_per_output_token;
  }
}
