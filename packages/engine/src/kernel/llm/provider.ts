import type { NumberReader } from "../../platform/number-reader.js";
import type { Frame } from "../frame.js";
import { OP_FIRST_TOKEN } from "../operations/llms.js";
import type { PendingEvents } from "../pending-events.js";
import type { Stream } from "../stream.js";
import { Bucket } from "./bucket.js";
import { STAGE_ACTIVE } from "./stage.js";

/** How a provider serves: so many at once, each at a speed of its own, and no more than its limits allow. */
export class Provider {
  /** Whether who is turned away hears how long to wait. */
  readonly tellsWhen: boolean;
  private readonly concurrency: i32;
  private readonly requests: Bucket;
  private readonly tokens: Bucket;
  private readonly inputTokens: Bucket;
  private readonly outputTokens: Bucket;
  private readonly firstToken: Stream;
  private readonly s_per_token: number;
  private readonly errorRatio: number;
  private readonly errors: Stream;
  /** Those that it works on: the first `active`, each at its `slot`. */
  private readonly members: Frame[];
  private active: i32 = 0;
  /** How many times as long everything takes now. */
  private slowness: number = 1;

  constructor(plan: NumberReader, streams: Stream[]) {
    this.concurrency = plan.int();
    this.requests = new Bucket(plan);
    this.tokens = new Bucket(plan);
    this.inputTokens = new Bucket(plan);
    this.outputTokens = new Bucket(plan);
    this.tellsWhen = plan.int() === 1;
    this.firstToken = streams[plan.int()];
    this.s_per_token = 1 / plan.number();
    this.errorRatio = plan.number();
    this.errors = streams[plan.int()];
    this.members = [];
  }

  reset(): void {
    this.active = 0;
    this.requests.reset();
    this.tokens.reset();
    this.inputTokens.reset();
    this.outputTokens.reset();
    this.slowness = 1;
  }

  /** Counts a request against the limits and gives 0, or gives how long it would have to wait for that [s]. */
  limit_s(frame: Frame, now: number): number {
    const tokens = frame.extras.inputTokens + frame.extras.outputTokens;
    const common_s = Math.max(this.requests.lacks_s(1, now), this.tokens.lacks_s(tokens, now));
    const input_s = this.inputTokens.lacks_s(frame.extras.inputTokens, now);
    const wait_s = Math.max(common_s, Math.max(input_s, this.outputTokens.lacks_s(frame.extras.outputTokens, now)));
    if (wait_s > 0) return wait_s;
    this.requests.take(1);
    this.tokens.take(tokens);
    this.inputTokens.take(frame.extras.inputTokens);
    this.outputTokens.take(frame.extras.outputTokens);
    return 0;
  }

  hasRoom(): boolean {
    return this.active < this.concurrency;
  }

  /** Begins with a request; false when there will be an error instead of the first token. */
  begin(frame: Frame, now: number): boolean {
    frame.extras.slot = this.active;
    if (this.active === this.members.length) this.members.push(frame);
    else this.members[this.active] = frame;
    this.active++;
    frame.extras.llmBegun_s = now;
    frame.extras.stage = STAGE_ACTIVE;
    frame.extras.firstToken_s = now + this.firstToken.next() * this.slowness;
    frame.extras.pace_s = frame.extras.firstToken_s;
    const succeeds = this.errorRatio === 0 || this.errors.next() >= this.errorRatio;
    frame.extras.due = succeeds
      ? frame.extras.firstToken_s + (frame.extras.outputTokens - 1) * this.s_per_token * this.slowness
      : frame.extras.firstToken_s;
    return succeeds;
  }

  /** Tokens of the answer that are there. */
  generated(frame: Frame, now: number): number {
    if (now < frame.extras.pace_s) return 0;
    return Math.min(
      frame.extras.outputTokens,
      1 + Math.floor((now - frame.extras.pace_s) / (this.s_per_token * this.slowness)),
    );
  }

  /** Is done with a request, or does not go on with it. */
  end(frame: Frame): void {
    this.active--;
    const last = this.members[this.active];
    this.members[frame.extras.slot] = last;
    last.extras.slot = frame.extras.slot;
  }

  /** From now on everything takes so many times as long as usual, what is left of answers that it works on included. */
  setSlowness(slowness: number, pending: PendingEvents, now: number): void {
    const ratio = slowness / this.slowness;
    this.slowness = slowness;
    for (let k = 0; k < this.active; k++) {
      const frame = this.members[k];
      if (frame.extras.firstToken_s > now) frame.extras.firstToken_s = now + (frame.extras.firstToken_s - now) * ratio;
      frame.extras.pace_s = now + (frame.extras.pace_s - now) * ratio;
      frame.extras.due = now + (frame.extras.due - now) * ratio;
      // Whoever is lost at this moment has no event any more.
      if (frame.leaf !== 0)
        pending.move(frame, frame.op === OP_FIRST_TOKEN ? frame.extras.firstToken_s : frame.extras.due);
    }
  }
}
