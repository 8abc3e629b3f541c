import type { NumberReader } from "../../platform/number-reader.js";
import type { Frame } from "../frame.js";
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
  private readonly firstToken: Stream;
  private readonly s_per_token: number;
  private readonly errorRatio: number;
  private readonly errors: Stream;
  private active: i32 = 0;

  constructor(plan: NumberReader, streams: Stream[]) {
    this.concurrency = plan.int();
    this.requests = new Bucket(plan);
    this.tokens = new Bucket(plan);
    this.tellsWhen = plan.int() === 1;
    this.firstToken = streams[plan.int()];
    this.s_per_token = 1 / plan.number();
    this.errorRatio = plan.number();
    this.errors = streams[plan.int()];
  }

  reset(): void {
    this.active = 0;
    this.requests.reset();
    this.tokens.reset();
  }

  /** Counts a request against the limits and gives 0, or gives how long it would have to wait for that [s]. */
  limit_s(frame: Frame, now: number): number {
    const tokens = frame.inputTokens + frame.outputTokens;
    const wait_s = Math.max(this.requests.lacks_s(1, now), this.tokens.lacks_s(tokens, now));
    if (wait_s > 0) return wait_s;
    this.requests.take(1);
    this.tokens.take(tokens);
    return 0;
  }

  hasRoom(): boolean {
    return this.active < this.concurrency;
  }

  /** Begins with a request; false when there will be an error instead of the first token. */
  begin(frame: Frame, now: number): boolean {
    this.active++;
    frame.llmBegun_s = now;
    frame.stage = STAGE_ACTIVE;
    frame.firstToken_s = now + this.firstToken.next();
    return this.errorRatio === 0 || this.errors.next() >= this.errorRatio;
  }

  /** When the answer will be there, whole [s]. */
  end_s(frame: Frame): number {
    return frame.firstToken_s + (frame.outputTokens - 1) * this.s_per_token;
  }

  /** Tokens of the answer that are there. */
  generated(frame: Frame, now: number): number {
    if (now < frame.firstToken_s) return 0;
    return Math.min(frame.outputTokens, 1 + Math.floor((now - frame.firstToken_s) / this.s_per_token));
  }

  end(): void {
    this.active--;
  }
}
